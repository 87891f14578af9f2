# What the function counts, with the dimensions beside Deployment. A test holds each against the code, so that nothing
# here watches a metric that is never written.
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

  # For graphs: finds every combination of the dimensions, also those that appear later. Alarms cannot search.
  search = {
    for metric, dimensions in local.function_metrics : metric => join("", [
      "{\"${var.metrics_namespace}\",${join(",", concat(["Deployment"], dimensions))}}",
      " MetricName=\"${metric}\" Deployment=\"${var.name}\"",
    ])
  }

  # For graphs: the metrics that have no dimension beside Deployment.
  plain = {
    for metric, dimensions in local.function_metrics :
    metric => [var.metrics_namespace, metric, "Deployment", var.name] if length(dimensions) == 0
  }

  function_dimensions = { FunctionName = var.function_name }
  deployment          = { Deployment = var.name }
}
