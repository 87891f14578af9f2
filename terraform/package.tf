# Checks that the package was built from this repository's current sources. The build writes a digest of its inputs next
# to the zip (see gmavenplus-plugin in pom.xml). This file computes the same digest of the current sources: one line per
# file in sha256sum format, sorted by path, without hidden files.

locals {
  built_package = "${path.root}/../target/traffic-mirror-pipeline.zip"
  package_file  = coalesce(var.package_file, local.built_package)

  sources = "${path.root}/.."
  source_files = sort([
    for path in concat(["LICENSE", "pom.xml"], [for path in fileset("${local.sources}/src/main", "**") : "src/main/${path}"]) :
    path if !can(regex("(^|/)[.]", path))
  ])
  have_sources = fileexists("${local.sources}/pom.xml") && length(local.source_files) > 2
  # A package from elsewhere has no digest file and is not checked.
  own_package = var.package_file == null || fileexists("${local.package_file}.inputs.sha256")
  # Null skips the check: the sources are missing, or the package comes from elsewhere.
  sources_digest = local.have_sources && local.own_package ? sha256(join("", [
    for path in local.source_files : "${filesha256("${local.sources}/${path}")}  ${path}\n"
  ])) : null
}
