package io.trafficmirror.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InventoryTest {

  @Test
  void warnsAboutMissingDataWithACountAndAnExample() throws DemoError {
    Inventory inventory =
        Inventory.parse(
            "fleet.json",
            """
            {"Reservations": [{"Instances": [
              {"InstanceId": "i-1", "State": {"Name": "running"}},
              {"InstanceId": "i-2", "InstanceType": "m5.large", "State": {"Name": "stopped"}}]}]}
            """);

    assertThat(inventory.warnings())
        .containsExactly(
            "fleet.json: 1 of 2 instances, such as i-1, have no 'InstanceType' and are treated as"
                + " types that cannot be mirrored",
            "fleet.json: 1 of 2 instances, such as i-1, have no 'NetworkInterfaces' although they"
                + " are running, and cannot be mirrored");
  }

  @Test
  void warnsAboutAnInventoryWithoutInstances() throws DemoError {
    assertThat(Inventory.parse("fleet.json", "{\"Reservations\": []}").warnings())
        .containsExactly("fleet.json: no instances, so there is nothing to mirror");
  }

  @Test
  void readsAllInstancesOfAllReservations() throws DemoError {
    assertThat(
            parse(
                    """
                    {"Reservations": [
                      {"Instances": [
                        {"InstanceId": "i-1", "State": {"Name": "running"}},
                        {"InstanceId": "i-2", "State": {"Name": "stopped"}}]},
                      {"Instances": []},
                      {"Instances": [{"InstanceId": "i-3", "State": {"Name": "running"}}]}]}
                    """)
                .machines())
        .extracting(Machine::id)
        .containsExactly("i-1", "i-2", "i-3");
  }

  @Test
  void findsThePrimaryInterfaceByItsAttachment() throws DemoError {
    Machine machine =
        parse(
                """
                {"Reservations": [{"Instances": [{"InstanceId": "i-1", "State": {"Name": "running"},
                  "InstanceType": "m5.large", "Tags": [{"Key": "a", "Value": "b"}, {"Key": "c"}],
                  "NetworkInterfaces": [
                    {"NetworkInterfaceId": "eni-2", "SubnetId": "subnet-2", "VpcId": "vpc-1",
                     "Attachment": {"DeviceIndex": 1}},
                    {"NetworkInterfaceId": "eni-3", "SubnetId": "subnet-3", "VpcId": "vpc-1",
                     "Attachment": {"DeviceIndex": 0, "NetworkCardIndex": 1}},
                    {"NetworkInterfaceId": "eni-4", "SubnetId": "subnet-4", "VpcId": "vpc-1"},
                    {"NetworkInterfaceId": "eni-1", "SubnetId": "subnet-1", "VpcId": "vpc-1",
                     "Attachment": {"DeviceIndex": 0, "NetworkCardIndex": 0}}]}]}]}
                """)
            .machines()
            .getFirst();

    assertThat(machine.primary()).map(Machine.Nic::id).contains("eni-1");
    assertThat(machine.subnet()).isEqualTo(Optional.of("subnet-1"));
    assertThat(machine.tags()).isEqualTo(Map.of("a", "b", "c", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'Reservations': [}                                | fleet.json:1:19: invalid JSON",
        "{                                                  | fleet.json:1:2: invalid JSON",
        "[]                                                 | fleet.json: expected the output of"
            + " 'aws ec2 describe-instances",
        "{'Instances': []}                                  | a list 'Reservations'",
        "{'Reservations': []} x                             | fleet.json:1:23: invalid JSON",
        "{                                                  | expected the output of 'aws ec2"
            + " describe-instances --output json'",
        "{'Reservations': [1]}                              | expected an object, got 1",
        "{'Reservations': [{'Instances': {}}]}              | 'Instances' to be a list",
        "{'Reservations': [{'Instances': [{}]}]}            | Reservations[0].Instances[0]:"
            + " expected 'InstanceId' to be an id that starts with i-, got nothing",
        "{'Reservations': [{'Instances': [{'InstanceId': 'x'}]}]} | starts with i-, got x",
        "{'Reservations': [{'Instances': [{'InstanceId': 7}]}]}   | to be a string, got 7",
        "{'Reservations': [{'Instances': [{'InstanceId': 'i-1'}]}]} | an object 'State'",
        "{'Reservations': [{'Instances': [{'InstanceId': 'i-1', 'State': {'Name': 'running'}},"
            + " {'InstanceId': 'i-1'}]}]} | i-1 occurs twice in the file"
      })
  void reportsTheFirstErrorWithItsPosition(String json, String expected) {
    assertThatThrownBy(() -> parse(json.replace('\'', '"')))
        .isInstanceOf(DemoError.class)
        .hasMessageStartingWith("fleet.json")
        .hasMessageContaining(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n"})
  void reportsAnEmptyFile(String nothing) {
    assertThatThrownBy(() -> parse(nothing))
        .isInstanceOf(DemoError.class)
        .hasMessage(
            "fleet.json: empty file; expected the output of 'aws ec2 describe-instances --output"
                + " json'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'State': {'Name': 'asleep'}                   | .State: expected 'Name' to be one of"
            + " pending, running, stopping, stopped, shutting-down and terminated, got asleep",
        "'State': null                                 | : expected an object 'State'",
        "'State': {'Name': 'running'}, 'Tags': [{'Key': 'a'}, {'Value': 'b'}]"
            + " | .Tags[1]: expected 'Key' to be a string, got nothing",
        "'State': {'Name': 'running'}, 'NetworkInterfaces': [{'NetworkInterfaceId': 'eni-1',"
            + " 'SubnetId': 'subnet-1', 'VpcId': 'vpc-1'}, {'NetworkInterfaceId': 7}]"
            + " | .NetworkInterfaces[1]: expected 'NetworkInterfaceId' to be a string, got 7",
        "'State': {'Name': 'running'}, 'NetworkInterfaces': [{'NetworkInterfaceId': 'eni-1',"
            + " 'Attachment': {'DeviceIndex': 'a'}}]"
            + " | .NetworkInterfaces[0]: expected 'DeviceIndex' to be a whole number",
        "'State': {'Name': 'running'}, 'Tags': [{'Key': 'a'}], 'SubnetId': 7"
            + " | : expected 'SubnetId' to be a string, got 7"
      })
  void reportsThePositionOfAnErrorInAnInstance(String rest, String expected) {
    String instance = "{\"InstanceId\": \"i-2\", " + rest.replace('\'', '"') + "}";

    assertThatThrownBy(
            () ->
                parse(
                    """
                    {"Reservations": [{}, {"Instances": [
                      {"InstanceId": "i-1", "State": {"Name": "running"}}, %s]}]}
                    """
                        .formatted(instance)))
        .isInstanceOf(DemoError.class)
        .hasMessageStartingWith("fleet.json: Reservations[1].Instances[1]" + expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ", \"Attachment\": null"})
  void numbersInterfacesWithoutAnAttachmentInOrder(String attachment) throws DemoError {
    String nic =
        "{\"NetworkInterfaceId\": \"eni-%d\", \"SubnetId\": \"subnet-1\", \"VpcId\": \"vpc-1\"";
    Machine machine =
        parse(
                """
                {"Reservations": [{"Instances": [{"InstanceId": "i-1", "State": {"Name": "running"},
                  "NetworkInterfaces": [%s%s}, %s%s}]}]}]}
                """
                    .formatted(nic.formatted(1), attachment, nic.formatted(2), attachment))
            .machines()
            .getFirst();

    assertThat(machine.interfaces()).extracting(Machine.Nic::deviceIndex).containsExactly(0, 1);
    assertThat(machine.primary()).map(Machine.Nic::id).contains("eni-1");
  }

  private static Inventory parse(String json) throws DemoError {
    return Inventory.parse("fleet.json", json);
  }
}
