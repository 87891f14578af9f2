package io.trafficmirror.embedded.ec2;

import io.trafficmirror.embedded.Ec2Options;
import io.trafficmirror.embedded.HttpCall;
import io.trafficmirror.embedded.HttpReply;
import io.trafficmirror.embedded.Throttles;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/** Handles calls. Thread-safe: one lock guards everything. */
public final class Ec2Engine {

  private static final String VERSION = "2016-11-15";
  private static final String NAMESPACE = "http://ec2.amazonaws.com/doc/" + VERSION + "/";

  private static final Set<String> PAGING = Set.of("MaxResults", "NextToken");

  private final Throttles throttles;
  private final ReentrantLock lock = new ReentrantLock();
  private final World world;
  private final Seeding seeding;
  private final Consumer<String> unsupported;
  private final Map<String, Action> actions = new TreeMap<>();
  private Instant deniedUntil = Instant.MIN;

  /** Creates an empty account; see {@code EmbeddedEc2} for the parameters. */
  public Ec2Engine(
      Ec2Options options,
      String account,
      String region,
      InstantSource clock,
      long seed,
      Throttles throttles,
      Consumer<String> unsupported) {
    this.throttles = throttles;
    this.world = new World(options, account, region, clock, seed);
    this.seeding = new Seeding(world);
    this.unsupported = unsupported;
    actions.putAll(new InstanceActions(world).actions());
    actions.putAll(new LaunchActions(world).actions());
    actions.putAll(new StateActions(world).actions());
    actions.putAll(new InterfaceActions(world).actions());
    actions.putAll(new AttachmentActions(world).actions());
    actions.putAll(new NetworkActions(world).actions());
    actions.putAll(new TagActions(world).actions());
    actions.putAll(new InstanceTypeActions(world).actions());
    actions.putAll(new SessionActions(world).actions());
    actions.putAll(new TargetActions(world).actions());
    actions.putAll(new FilterActions(world).actions());
    actions.putAll(new FilterRuleActions(world).actions());
  }

  /** Runs an operation on the state under the lock. */
  public <T> T seed(Function<Seeding, T> use) {
    lock.lock();
    try {
      return use.apply(seeding);
    } finally {
      lock.unlock();
    }
  }

  /** Denies every call until that moment. */
  public void denyUntil(Instant moment) {
    lock.lock();
    try {
      deniedUntil = moment;
    } finally {
      lock.unlock();
    }
  }

  /** The action of a call; empty if it has none or is malformed. */
  public static String action(HttpCall call) {
    try {
      return Parameters.of(call).text("Action").orElse("");
    } catch (ApiException unreadable) {
      return "";
    }
  }

  /** Performs a call. */
  public HttpReply handle(HttpCall call) {
    lock.lock();
    try {
      return answer(call);
    } finally {
      lock.unlock();
    }
  }

  /** An error response in EC2's format. */
  public HttpReply error(int status, String code, String message) {
    lock.lock();
    try {
      return errorReply(status, code, message);
    } finally {
      lock.unlock();
    }
  }

  private HttpReply answer(HttpCall call) {
    try {
      Parameters request = Parameters.of(call);
      String name = request.required("Action");
      Action action =
          Optional.ofNullable(actions.get(name))
              .orElseThrow(() -> new UnsupportedRequest("action " + name));
      check(request, name, action);
      Xml out = new Xml().openWithNamespace(name + "Response", NAMESPACE);
      String requestId = world.ids().requestId();
      out.text("requestId", requestId);
      action.effect().run(request, out);
      return reply(200, requestId, out.close().toString());
    } catch (ApiException error) {
      return errorReply(error.status(), error.code(), error.text());
    } catch (UnsupportedRequest what) {
      unsupported.accept("ec2: " + what.what());
      return errorReply(
          501, "EmbeddedAwsUnsupported", "Embedded EC2 does not support: " + what.what());
    }
  }

  /** The common checks of every call, in this order. */
  private void check(Parameters request, String name, Action action) {
    for (String parameter : request.names()) {
      if (!action.takes(parameter)) {
        throw new UnsupportedRequest("%s: parameter %s".formatted(name, parameter));
      }
    }
    String version = request.required("Version");
    if (!version.equals(VERSION)) {
      throw new ApiException(
          "NoSuchVersion", "The requested version (%s) is not valid.".formatted(version));
    }
    action.required().forEach(request::required);
    if (world.now().isBefore(deniedUntil)) {
      throw new ApiException(
          403, "UnauthorizedOperation", "You are not authorized to perform this operation.");
    }
    throttle(request, name);
    if (request.flag("DryRun", false)) {
      throw new ApiException(
          412, "DryRunOperation", "Request would have succeeded, but DryRun flag is set.");
    }
  }

  /** Throttling applies to valid calls, before they have an effect. */
  private void throttle(Parameters request, String name) {
    boolean filtered =
        request.names().stream().anyMatch(p -> p.startsWith("Filter.") || PAGING.contains(p));
    int resources =
        Math.max(
            request.integer("MaxCount").orElse(0),
            (int) request.names().stream().filter(p -> p.startsWith("InstanceId.")).count());
    if (!throttles.admit(name, filtered, resources, world.now())) {
      throw new ApiException(503, "RequestLimitExceeded", "Request limit exceeded.");
    }
  }

  private HttpReply errorReply(int status, String code, String message) {
    String requestId = world.ids().requestId();
    Xml out = new Xml().open("Response").open("Errors").open("Error");
    out.text("Code", code).text("Message", message).close().close();
    out.text("RequestID", requestId).close();
    return reply(status, requestId, out.toString());
  }

  private static HttpReply reply(int status, String requestId, String body) {
    return new HttpReply(
        status,
        Map.of("Content-Type", "text/xml;charset=UTF-8", "x-amzn-requestid", requestId),
        body.getBytes(StandardCharsets.UTF_8));
  }
}
