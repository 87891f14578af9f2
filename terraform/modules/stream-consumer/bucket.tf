# One bucket for the function's inputs (package/, policy/) and for failures (rejected/, retries-exhausted/, and
# aws/lambda/, where Lambda itself writes discarded batches). Its objects carry no tags, because S3 allows only ten.

locals {
  # Bucket names are globally unique, in lower case, and at most 63 characters long.
  slug = trim(substr(replace(lower(var.name), "_", "-"), 0, 28), "-")
  bucket = join("-", compact([
    local.slug, substr(sha256(var.name), 0, 6), local.account, local.region
  ]))

  package_hash   = try(filebase64sha256(var.package_file), null)
  package_digest = try(trimspace(file("${var.package_file}.inputs.sha256")), null)
  policy_key     = "policy/mirror-policy.yaml"
  failures       = ["rejected/", "retries-exhausted/", "aws/lambda/"]
}

resource "aws_s3_bucket" "failures" {
  bucket        = local.bucket
  force_destroy = true # a destroy leaves nothing behind
  tags          = var.tags
}

resource "aws_s3_bucket_public_access_block" "failures" {
  bucket                  = aws_s3_bucket.failures.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "failures" {
  bucket = aws_s3_bucket.failures.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_versioning" "failures" {
  bucket = aws_s3_bucket.failures.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "failures" {
  bucket = aws_s3_bucket.failures.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_policy" "failures" {
  bucket = aws_s3_bucket.failures.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "DenyInsecureTransport"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [local.bucket_arn, "${local.bucket_arn}/*"]
      Condition = {
        Bool = { "aws:SecureTransport" = "false" }
      }
    }]
  })

  depends_on = [aws_s3_bucket_public_access_block.failures]
}

resource "aws_s3_bucket_lifecycle_configuration" "failures" {
  bucket = aws_s3_bucket.failures.id

  dynamic "rule" {
    for_each = local.failures

    content {
      id     = "expire ${rule.value}"
      status = "Enabled"

      filter {
        prefix = rule.value
      }

      expiration {
        days = var.failure_retention_days
      }

      noncurrent_version_expiration {
        noncurrent_days = 1
      }
    }
  }

  # Lambda has its own copy. Old policies stay: they are small, and old versions of the function refer to them.
  rule {
    id     = "expire old packages"
    status = "Enabled"

    filter {
      prefix = "package/"
    }

    noncurrent_version_expiration {
      noncurrent_days = 30
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }

  depends_on = [aws_s3_bucket_versioning.failures]
}

# Uploaded through S3, because the package has more than half of the size that Lambda accepts in one request (50 MB, in
# base64), and S3 accepts it in parts that can be retried one by one.
resource "aws_s3_object" "package" {
  bucket       = aws_s3_bucket.failures.id
  key          = "package/traffic-mirror-pipeline.zip"
  source       = var.package_file
  source_hash  = local.package_hash
  content_type = "application/zip"

  depends_on = [aws_s3_bucket_versioning.failures, aws_s3_bucket_server_side_encryption_configuration.failures]

  lifecycle {
    precondition {
      condition     = local.package_hash != null
      error_message = "There is no package ${var.package_file}: run mvn package, or set package_file to an existing package."
    }

    precondition {
      condition     = local.package_hash == null || var.sources_digest == null || local.package_digest == var.sources_digest
      error_message = "The package ${var.package_file} was not built from this repository's current sources: run mvn package."
    }
  }
}

# As text, so that the plan shows its changes.
resource "aws_s3_object" "policy" {
  bucket       = aws_s3_bucket.failures.id
  key          = local.policy_key
  content      = local.policy_text
  content_type = "application/yaml"

  depends_on = [aws_s3_bucket_versioning.failures, aws_s3_bucket_server_side_encryption_configuration.failures]

  lifecycle {
    precondition {
      condition     = length(local.policy_problems) == 0
      error_message = join("\n", concat(["The mirror policy ${var.policy_file} cannot be used:"], local.policy_problems))
    }
  }
}
