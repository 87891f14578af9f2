package io.trafficmirror.contract;

/**
 * All claims except those about large quotas. An implementation provides the fixture and tears it
 * down after each claim.
 */
interface Ec2Contract
    extends InstancePagingClaims,
        InstanceFilterClaims,
        InstanceClaims,
        LaunchClaims,
        LaunchErrorClaims,
        SessionClaims,
        SessionNumberClaims,
        ModifyClaims,
        MirrorPagingClaims,
        MirrorFilterClaims,
        TargetClaims,
        QuotaClaims,
        IdempotencyClaims,
        LifecycleClaims,
        ErrorClaims {}
