# The function's metrics, with their dimensions in addition to Deployment. A test compares them with the code, so that
# no alarm or graph watches a metric that is never written.
locals {
  function_metrics = {
    Outcomes               = ["Outcome", "Trigger"]
    ActionRequired         = []
    EventToSession         = ["Trigger"]
    Ec2Calls               = ["Action", "Result"]
    BatchRecords           = []
    BatchInstances         = []
    BatchTime              = []
    Deferred               = []
    RejectedRecords        = []
    RetriesExhausted       = []
    IgnoredEvents          = ["Reason"]
    BackfillPages          = ["Step"]
    TargetsLaunched        = []
    TargetsReused          = []
    TargetsSwept           = []
    PoolSize               = []
    PoolFreeCapacity       = []
    BatchRetries           = ["Cause"]
    InitialisationFailures = []
  }

  # For graphs: matches every combination of dimension values, including later ones. Alarms cannot use SEARCH.
  search = {
    for metric, dimensions in local.function_metrics : metric => join("", [
      "{\"${var.metrics_namespace}\",${join(",", concat(["Deployment"], dimensions))}}",
      " MetricName=\"${metric}\" Deployment=\"${var.name}\"",
    ])
  }

  # For graphs: the metrics without dimensions other than Deployment.
  plain = {
    for metric, dimensions in local.function_metrics :
    metric => [var.metrics_namespace, metric, "Deployment", var.name] if length(dimensions) == 0
  }

  function_dimensions = { FunctionName = var.function_name }
  deployment          = { Deployment = var.name }
}
