package io.trafficmirror.embedded.ec2;

import java.util.SortedMap;

record Vpc(String id, String cidr, SortedMap<String, String> tags) implements Stored {

  Vpc withTags(SortedMap<String, String> value) {
    return new Vpc(id, cidr, value);
  }
}
