package io.trafficmirror.contract;

/** The AWS pages and public code that support the claims. */
final class Sources {

  private static final String GUIDE = "https://docs.aws.amazon.com/vpc/latest/mirroring/";
  private static final String API = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/";

  static final String QUOTAS = GUIDE + "traffic-mirroring-quotas.html";
  static final String OVERVIEW = GUIDE + "what-is-traffic-mirroring.html";
  static final String SESSIONS = GUIDE + "traffic-mirroring-sessions.html";
  static final String CREATE_SESSION = GUIDE + "create-traffic-mirroring-session.html";
  static final String TARGETS = GUIDE + "traffic-mirroring-targets.html";

  static final String ERRORS = API + "errors-overview.html";
  static final String QUERY = API + "Query-Requests.html";
  static final String API_INSTANCES = API + "API_DescribeInstances.html";
  static final String API_INSTANCE = API + "API_Instance.html";
  static final String API_TYPES = API + "API_DescribeInstanceTypes.html";
  static final String API_RUN = API + "API_RunInstances.html";
  static final String API_CREATE_SESSION = API + "API_CreateTrafficMirrorSession.html";
  static final String API_SESSION = API + "API_TrafficMirrorSession.html";
  static final String API_SESSIONS = API + "API_DescribeTrafficMirrorSessions.html";
  static final String API_MODIFY_SESSION = API + "API_ModifyTrafficMirrorSession.html";
  static final String API_DELETE_SESSION = API + "API_DeleteTrafficMirrorSession.html";
  static final String API_TARGETS = API + "API_DescribeTrafficMirrorTargets.html";
  static final String API_CREATE_TARGET = API + "API_CreateTrafficMirrorTarget.html";
  static final String API_DELETE_TARGET = API + "API_DeleteTrafficMirrorTarget.html";
  static final String API_CREATE_TAGS = API + "API_CreateTags.html";
  static final String API_DELETE_TAGS = API + "API_DeleteTags.html";
  static final String API_FILTERS = API + "API_DescribeTrafficMirrorFilters.html";

  static final String IDEMPOTENCY =
      "https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html";
  static final String FILTERING = "Amazon EC2 User Guide, list and filter your resources";

  static final String TERRAFORM_ERRORS =
      "hashicorp/terraform-provider-aws internal/service/ec2/errors.go";
  static final String VECTRA = "vectranetworks/AWS-Traffic-Mirroring-Session-Manager";
  static final String AUTO_MIRROR = "3CORESec/AWS-AutoMirror Code/index.js";
  static final String CUSTODIAN =
      "cloud-custodian/cloud-custodian tests/data/placebo/test_traffic_mirror_session_delete";
  static final String MAX_RESULTS_AND_IDS = "getmoto/moto#6282, yuuki/grabeni#7";
  static final String SMALL_MAX_RESULTS = "aws/aws-sdk-ruby PR #2575";
  static final String EMPTY_PAGES = "aws/aws-sdk-ruby#689";
  static final String MISMATCH_MESSAGE = "ubicloud/ubicloud PR #5898, rust-lang/bors#830";
  static final String TERMINATED_TOKEN = "boto/boto3#4406";

  /** Behaviour that AWS does not document and no public code shows. */
  static final String UNDOCUMENTED = "not documented by AWS; no public code shows it";

  private Sources() {}
}
