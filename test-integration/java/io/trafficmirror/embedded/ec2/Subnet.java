package io.trafficmirror.embedded.ec2;

import java.util.SortedMap;

record Subnet(String id, String vpcId, String zone, Cidr cidr, SortedMap<String, String> tags)
    implements Stored {

  Subnet withTags(SortedMap<String, String> value) {
    return new Subnet(id, vpcId, zone, cidr, value);
  }
}
