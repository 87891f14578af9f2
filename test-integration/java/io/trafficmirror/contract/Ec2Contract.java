package io.trafficmirror.contract;

/**
 * All claims but the large quotas. A class that says where they play, and strikes the stage after
 * each, runs them.
 */
interface Ec2Contract
    extends PagingClaims,
        FilterClaims,
        InstanceClaims,
        LaunchClaims,
        LaunchRefusalClaims,
        SessionClaims,
        NumberClaims,
        ModifyClaims,
        ListingClaims,
        MirrorFilterClaims,
        TargetClaims,
        QuotaClaims,
        IdempotencyClaims,
        LifecycleClaims,
        ErrorClaims {}
