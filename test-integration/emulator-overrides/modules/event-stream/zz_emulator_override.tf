resource "aws_kinesis_stream" "events" {
  lifecycle {
    # tags: moto ignores the tags in a CreateStream request, and returns none.
    ignore_changes = [tags, tags_all]
  }
}
