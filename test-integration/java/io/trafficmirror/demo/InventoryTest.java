package io.trafficmirror.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InventoryTest {

  @Test
  void everyInstanceOfEveryReservationIsRead() throws DemoError {
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
  void thePrimaryInterfaceIsFoundByItsAttachment() throws DemoError {
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
        "{'Reservations': [}                                | fleet.json:1:19: this is not JSON",
        "{                                                  | fleet.json:1:2: this is not JSON",
        "[]                                                 | fleet.json: expected the output of",
        "{'Instances': []}                                  | a list 'Reservations'",
        "{'Reservations': []} x                             | fleet.json:1:23: this is not JSON",
        "{'Reservations': [1]}                              | expected an object, got 1",
        "{'Reservations': [{'Instances': {}}]}              | 'Instances' to be a list",
        "{'Reservations': [{'Instances': [{}]}]}            | Reservations[0].Instances[0]:"
            + " expected 'InstanceId' to be an id that starts with i-, got nothing",
        "{'Reservations': [{'Instances': [{'InstanceId': 'x'}]}]} | starts with i-, got x",
        "{'Reservations': [{'Instances': [{'InstanceId': 7}]}]}   | to be a text, got 7",
        "{'Reservations': [{'Instances': [{'InstanceId': 'i-1'}]}]} | an object 'State'",
        "{'Reservations': [{'Instances': [{'InstanceId': 'i-1', 'State': {'Name': 'running'}},"
            + " {'InstanceId': 'i-1'}]}]} | i-1 is in the file twice"
      })
  void aBrokenFileIsOneErrorThatSaysWhere(String json, String expected) {
    assertThatThrownBy(() -> parse(json.replace('\'', '"')))
        .isInstanceOf(DemoError.class)
        .hasMessageStartingWith("fleet.json")
        .hasMessageContaining(expected);
  }

  private static Inventory parse(String json) throws DemoError {
    return Inventory.parse("fleet.json", json);
  }
}
