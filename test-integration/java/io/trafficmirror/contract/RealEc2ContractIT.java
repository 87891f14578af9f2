package io.trafficmirror.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * Checks the claims against AWS itself, in your account, on request:
 *
 * <pre>
 * mvn verify -Dtest=None -Dit.test=RealEc2ContractIT \
 *     -Dsurefire.failIfNoSpecifiedTests=false -Dcontract.ec2=real \
 *     -Dcontract.subnet=subnet-... -Dcontract.image=ami-...
 * </pre>
 *
 * <p>Credentials and Region come from the SDK's standard settings. {@code -Dcontract.type}
 * (t3.nano) and {@code -Dcontract.unsupported-type} (t2.nano) set other instance types. Before it
 * starts, the suite prints the resources that it creates and their maximum cost. It tags every
 * resource with {@link Ec2World#TAG} and removes them all, also after a failed run; {@code
 * -Dcontract.cleanup-only=true} only removes the resources of killed runs. AWS's answers to the
 * unverified questions are printed at the end and written to {@code
 * target/contract/ec2-unverified.txt}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealEc2ContractIT implements Ec2Contract, LargeQuotaClaims {

  private final AnswerReport answers = new AnswerReport();

  @RegisterExtension final ClaimRules rules = new ClaimRules(answers);

  private final List<SharedResources> sharedResources = new ArrayList<>();
  private final List<RealWorld> worlds = new ArrayList<>();
  private final List<Fixture> fixtures = new ArrayList<>();

  @BeforeAll
  void open() {
    switch (RealOptions.of(name -> Optional.ofNullable(System.getProperty(name)))) {
      case RealOptions.NotRequested(String reason) -> skip(reason);
      case RealOptions.CleanUp() -> {
        try (Ec2Client ec2 = Ec2Client.create()) {
          List<String> problems = new Cleanup(ec2, Optional.empty(), Polling.FOR_AWS).run();
          assertThat(problems).as("resources that could not be removed").isEmpty();
        }
        skip("The EC2 contract suite only removed the resources of earlier runs; none remain.");
      }
      case RealOptions.Run run -> {
        Budget.announcement(run).lines().forEach(PlainLog::info);
        Ec2Client ec2 =
            Ec2Client.builder()
                .overrideConfiguration(with -> with.addExecutionInterceptor(new Budget()))
                .build();
        RealWorld world = new RealWorld(ec2, run, Polling.FOR_AWS, answers);
        worlds.add(world);
        sharedResources.add(new SharedResources(world));
      }
    }
  }

  private static void skip(String reason) {
    PlainLog.info(reason);
    Assumptions.abort(reason);
  }

  @BeforeEach
  void createFixture() {
    fixtures.add(new Fixture(worlds.getFirst(), sharedResources.getFirst()));
  }

  @AfterEach
  void tearDown() {
    // The steps may still use the fixture.
    fixtures.getLast().close();
    fixtures.removeLast();
  }

  @AfterAll
  void close() {
    for (RealWorld world : worlds) {
      try (Ec2Client ec2 = world.client()) {
        List<String> problems = new Cleanup(ec2, Optional.of(world.runId()), Polling.FOR_AWS).run();
        problems.forEach(PlainLog::info);
        answers.write(AnswerReport.FILE);
        answers.lines().forEach(PlainLog::info);
        assertThat(problems).as("resources that could not be removed").isEmpty();
      }
    }
  }

  @Override
  public Fixture fixture() {
    return fixtures.getLast();
  }
}
