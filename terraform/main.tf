locals {
  policy_file = coalesce(var.policy_file, "${path.root}/../config/${var.region}.yaml")

  # The function sets the same tag on the resources that it creates.
  tags = merge(var.tags, { "traffic-mirror-pipeline:deployment" = var.name })

  launch_pattern  = jsondecode(file("${path.module}/patterns/instance-running.json"))
  finding_pattern = jsondecode(file("${path.module}/patterns/guardduty-finding.json"))

  forwardings = {
    launch = {
      enabled            = var.enable_for_instance_launch
      name               = "${var.name}-launch"
      description        = "Instances that entered the running state, for ${var.name}."
      pattern            = jsonencode(local.launch_pattern)
      partition_key_path = "$.detail.instance-id"
    }
    guardduty = {
      enabled     = var.enable_for_guardduty
      name        = "${var.name}-finding"
      description = "GuardDuty findings about instances with severity ${var.guardduty_min_severity} or higher, for ${var.name}."
      pattern = jsonencode(merge(local.finding_pattern, {
        detail = merge(local.finding_pattern.detail, {
          severity = [{ numeric = [">=", var.guardduty_min_severity] }]
        })
      }))
      partition_key_path = "$.detail.resource.instanceDetails.instanceId"
    }
  }
}

module "event_stream" {
  source = "./modules/event-stream"

  name            = "${var.name}-events"
  mode            = var.stream.mode
  shards          = var.stream.shards
  retention_hours = var.stream.retention_hours
  kms_key_arn     = var.stream.kms_key_arn
  tags            = local.tags
}

module "event_forwarding" {
  source   = "./modules/event-forwarding"
  for_each = { for key, forwarding in local.forwardings : key => forwarding if forwarding.enabled }

  name        = each.value.name
  description = each.value.description
  # jsonencode escapes >. EventBridge accepts the escape; a reader of the plan should see the character.
  event_pattern      = replace(each.value.pattern, "\\u003e", ">")
  partition_key_path = each.value.partition_key_path

  stream_arn               = module.event_stream.arn
  stream_kms_key_arn       = var.stream.kms_key_arn
  permissions_boundary_arn = var.permissions_boundary_arn
  tags                     = local.tags
}

module "stream_consumer" {
  source = "./modules/stream-consumer"

  name           = var.name
  policy_file    = local.policy_file
  package_file   = local.package_file
  sources_digest = local.sources_digest
  backfill       = var.enable_for_existing_instances
  dry_run        = var.dry_run
  batching       = var.batching
  function       = var.function

  targets_on_demand = var.targets_on_demand

  stream_arn               = module.event_stream.arn
  stream_kms_key_arn       = var.stream.kms_key_arn
  failure_retention_days   = var.failure_retention_days
  permissions_boundary_arn = var.permissions_boundary_arn
  tags                     = local.tags
}

# A backfill run ends with a sweep. If backfill is off but targets may exist, this schedule only sweeps.
module "backfill" {
  source = "./modules/backfill"
  count  = var.enable_for_existing_instances || local.only_sweeps ? 1 : 0

  name             = var.name
  policy_digest    = module.stream_consumer.policy_digest
  interval_minutes = var.backfill_interval_minutes
  page_size        = var.backfill_page_size
  only_sweeps      = local.only_sweeps
  after            = module.stream_consumer.ready

  stream_arn               = module.event_stream.arn
  stream_kms_key_arn       = var.stream.kms_key_arn
  permissions_boundary_arn = var.permissions_boundary_arn
  tags                     = local.tags
}

module "observability" {
  source = "./modules/observability"

  name                       = var.name
  metrics_namespace          = module.stream_consumer.metrics_namespace
  stream_name                = module.event_stream.name
  function_name              = module.stream_consumer.function_name
  alias_name                 = module.stream_consumer.alias_name
  event_source_mapping_uuids = { stream = module.stream_consumer.event_source_mapping_uuid }
  forwarding_rule_names      = { for key, forwarding in module.event_forwarding : key => forwarding.rule_name }
  dead_letter_queue_names    = local.dead_letter_queue_names
  schedule_group_name        = one(module.backfill[*].schedule_group_name)
  schedule_name              = one(module.backfill[*].schedule_name)
  schedule_only_sweeps       = local.only_sweeps
  launches_targets           = module.stream_consumer.launches_targets || module.stream_consumer.sweeps_targets
  alarm_topic_arns           = var.alarms.topic_arns
  thresholds                 = var.alarms.thresholds
  runbook_base_url           = var.alarms.runbook_base_url
  tags                       = local.tags
}

locals {
  dead_letter_queue_names = merge(
    { for key, forwarding in module.event_forwarding : key => forwarding.dead_letter_queue_name },
    { for backfill in module.backfill : local.only_sweeps ? "sweep" : "backfill" => backfill.dead_letter_queue_name },
  )

  only_sweeps = !var.enable_for_existing_instances && module.stream_consumer.sweeps_targets

  sweep_cases = [
    {
      applies = var.targets_on_demand.sweep_after_minutes == 0
      text    = "nowhere: targets_on_demand.sweep_after_minutes is 0"
    },
    { applies = var.dry_run, text = "nowhere: dry_run is on" },
    {
      applies = !module.stream_consumer.sweeps_targets
      text    = "nowhere: no entry of the policy uses targets on demand, and targets_on_demand.keep_sweeping is off"
    },
    {
      applies = local.only_sweeps
      text    = "on a schedule that only sweeps, every ${var.backfill_interval_minutes} minutes: enable_for_existing_instances is off"
    },
    { applies = true, text = "after each backfill run, every ${var.backfill_interval_minutes} minutes" },
  ]
}
