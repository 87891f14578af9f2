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
 * Reads of many things by few calls: full pages, and filters with as many values as EC2 takes. A
 * read is whole or it is a failure: half of an answer would look like things that are not there.
 */
final class BulkReads {
  /** The most values that a filter takes (EC2 user guide, "Filter resources": 200 a request). */
  static final int MAX_FILTER_VALUES = 200;

  /** The largest page (EC2 API reference, MaxResults of all the reads used here). */
  static final int FULL_PAGE = 1_000;

  /**
   * The most pages of one read. The longest honest one is that of 10,000 targets (AWS quota), ten
   * full pages; EC2 may give shorter ones.
   */
  static final int MAX_PAGES = 100;

  private BulkReads() {}

  /** A page. */
  record Page<T>(List<T> items, Optional<String> nextToken) {}

  /** Reads the page at a token, the first one without it. */
  interface ReadPage<T> {
    Page<T> read(Optional<String> token, Calls.Limits limits);
  }

  /** Reads the page at a token of what has one of the values. */
  interface ReadFilteredPage<T> {
    Page<T> read(List<String> values, Optional<String> token, Calls.Limits limits);
  }

  static Filter filter(String name, List<String> values) {
    return Filter.builder().name(name).values(values).build();
  }

  /**
   * Everything that has one of the values, each thing once, as it was shown last: while pages are
   * turned things move, and may be on two of them.
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

  /** Everything on all pages. An empty page with a token is a page like others. */
  static <T> Answer<List<T>> whole(String what, Deadline deadline, ReadPage<T> read) {
    List<T> items = new ArrayList<>();
    Optional<String> token = Optional.empty();
    for (int page = 1; page <= MAX_PAGES; page++) {
      Optional<String> here = token;
      Answer<Page<T>> answer =
          Calls.make(
              what + ", page " + page,
              SdkEc2Reads.MOST_FOR_A_READ,
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
            what + ": page " + page + " answered with its own token");
      }
    }
    return Calls.failed(
        FailureKind.UNAVAILABLE, "too-many-pages", what + ": no end after " + MAX_PAGES + " pages");
  }
}
