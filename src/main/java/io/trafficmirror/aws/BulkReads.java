package io.trafficmirror.aws;

import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.FailureKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.ec2.model.Filter;

/**
 * Reads many resources with few calls: full pages, and filters with as many values as EC2 accepts.
 * A read either returns everything or fails, because a partial result would make resources look
 * deleted.
 */
final class BulkReads {
  /** The maximum number of filter values (EC2 user guide, "Filter resources": 200 a request). */
  static final int MAX_FILTER_VALUES = 200;

  /** The largest page size (EC2 API reference, MaxResults of all the reads used here). */
  static final int FULL_PAGE = 1_000;

  /**
   * The maximum number of pages of one read. The largest legitimate read is that of 10,000 targets
   * (AWS quota), ten full pages; EC2 may return shorter ones.
   */
  static final int MAX_PAGES = 100;

  private BulkReads() {}

  /** One page of results. */
  record Page<T>(List<T> items, Optional<String> nextToken) {}

  /** Reads the page at a token, or the first page without one. */
  interface ReadPage<T> {
    Page<T> read(Optional<String> token, Calls.Limits limits);
  }

  /** Reads the page at a token of the resources that match one of the values. */
  interface ReadFilteredPage<T> {
    Page<T> read(List<String> values, Optional<String> token, Calls.Limits limits);
  }

  static Filter filter(String name, List<String> values) {
    return Filter.builder().name(name).values(values).build();
  }

  /**
   * Reads all resources that match one of the values. A resource that appears on two pages, because
   * the data changed between the calls, is returned once, in its latest version.
   */
  static <T> Answer<List<T>> inChunks(
      String action,
      List<String> values,
      Deadline deadline,
      ReadFilteredPage<T> read,
      Function<T, Object> identity) {
    List<String> sorted = values.stream().distinct().sorted().toList();
    Map<Object, T> found = new LinkedHashMap<>();
    for (int from = 0; from < sorted.size(); from += MAX_FILTER_VALUES) {
      List<String> chunk = sorted.subList(from, Math.min(from + MAX_FILTER_VALUES, sorted.size()));
      String what =
          "%s of %d ids from %s to %s"
              .formatted(action, chunk.size(), chunk.getFirst(), chunk.getLast());
      Answer<List<T>> answer =
          whole(what, deadline, (token, limits) -> read.read(chunk, token, limits));
      switch (answer) {
        case Answer.Failed<List<T>> failed -> {
          return failed;
        }
        case Answer.Got<List<T>> got ->
            got.value().forEach(item -> found.put(identity.apply(item), item));
      }
    }
    return new Answer.Got<>(List.copyOf(found.values()));
  }

  /** Reads all pages. An empty page with a token does not end the read. */
  static <T> Answer<List<T>> whole(String what, Deadline deadline, ReadPage<T> read) {
    List<T> items = new ArrayList<>();
    Optional<String> token = Optional.empty();
    for (int page = 1; page <= MAX_PAGES; page++) {
      Optional<String> here = token;
      Answer<Page<T>> answer =
          Calls.make(
              what + ", page " + page,
              SdkEc2Reads.MAX_READ_TIME,
              deadline,
              Ec2Errors::ofRead,
              limits -> read.read(here, limits));
      switch (answer) {
        case Answer.Failed<Page<T>> failed -> {
          return new Answer.Failed<>(failed.failure());
        }
        case Answer.Got<Page<T>> got -> {
          items.addAll(got.value().items());
          token = got.value().nextToken();
        }
      }
      if (token.isEmpty()) {
        return new Answer.Got<>(List.copyOf(items));
      }
      if (token.equals(here)) {
        return Calls.failed(
            FailureKind.UNAVAILABLE,
            "token-repeated",
            what + ": page " + page + " returned its own token again");
      }
    }
    return Calls.failed(
        FailureKind.UNAVAILABLE,
        "too-many-pages",
        what + ": still incomplete after " + MAX_PAGES + " pages");
  }
}
