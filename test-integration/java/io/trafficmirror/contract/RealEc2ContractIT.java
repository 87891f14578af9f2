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
 * Holds AWS itself to the claims, in your account, when you ask for it:
 *
 * <pre>
 * mvn verify -Dtest=None -Dit.test=RealEc2ContractIT \
 *     -Dsurefire.failIfNoSpecifiedTests=false -Dcontract.ec2=real \
 *     -Dcontract.subnet=subnet-... -Dcontract.image=ami-...
 * </pre>
 *
 * <p>Credentials and region come from the SDK's standard settings. {@code -Dcontract.type}
 * (t3.nano) and {@code -Dcontract.unsupported-type} (t2.nano) name other instance types. It says
 * before it starts what it makes and what that costs at most, tags everything with {@link
 * Ec2World#TAG}, and removes everything, also after a failed run; {@code
 * -Dcontract.cleanup-only=true} only removes what killed runs have left. What AWS answers to
 * unverified questions is printed at the end and kept in {@code
 * target/contract/ec2-unverified.txt}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealEc2ContractIT implements Ec2Contract, LargeQuotaClaims {

  private final Findings findings = new Findings();

  @RegisterExtension final ClaimRules rules = new ClaimRules(findings);

  private final List<Pool> pools = new ArrayList<>();
  private final List<RealWorld> worlds = new ArrayList<>();
  private final List<Stage> stages = new ArrayList<>();

  @BeforeAll
  void open() {
    switch (RealOptions.of(name -> Optional.ofNullable(System.getProperty(name)))) {
      case RealOptions.NotAsked(String reason) -> skip(reason);
      case RealOptions.CleanUp() -> {
        try (Ec2Client ec2 = Ec2Client.create()) {
          List<String> problems = new Sweep(ec2, Optional.empty(), Patience.WITH_AWS).run();
          assertThat(problems).as("what could not be removed").isEmpty();
        }
        skip("The EC2 contract only removed what earlier runs had left: nothing is left now.");
      }
      case RealOptions.Run run -> {
        Budget.announcement(run).lines().forEach(PlainLog::say);
        Ec2Client ec2 =
            Ec2Client.builder()
                .overrideConfiguration(with -> with.addExecutionInterceptor(new Budget()))
                .build();
        RealWorld world = new RealWorld(ec2, run, Patience.WITH_AWS, findings);
        worlds.add(world);
        pools.add(new Pool(world));
      }
    }
  }

  private static void skip(String reason) {
    PlainLog.say(reason);
    Assumptions.abort(reason);
  }

  @BeforeEach
  void set() {
    stages.add(new Stage(worlds.getFirst(), pools.getFirst()));
  }

  @AfterEach
  void strike() {
    // Its last steps may still ask for the stage.
    stages.getLast().close();
    stages.removeLast();
  }

  @AfterAll
  void close() {
    for (RealWorld world : worlds) {
      try (Ec2Client ec2 = world.client()) {
        List<String> problems = new Sweep(ec2, Optional.of(world.runId()), Patience.WITH_AWS).run();
        problems.forEach(PlainLog::say);
        findings.write(Findings.FILE);
        findings.lines().forEach(PlainLog::say);
        assertThat(problems).as("what could not be removed").isEmpty();
      }
    }
  }

  @Override
  public Stage stage() {
    return stages.getLast();
  }
}
