# Is the package built from the sources beside this configuration? The build leaves a digest of what
# it read beside the zip (see gmavenplus-plugin in pom.xml); this is the same digest of what is here
# now: of one line per file, as sha256sum writes it, sorted by path, hidden files left out.

locals {
  built_package = "${path.root}/../target/traffic-mirror-pipeline.zip"
  package_file  = coalesce(var.package_file, local.built_package)

  sources = "${path.root}/.."
  source_files = sort([
    for path in concat(["LICENSE", "pom.xml"], [for path in fileset("${local.sources}/src/main", "**") : "src/main/${path}"]) :
    path if !can(regex("(^|/)[.]", path))
  ])
  have_sources = fileexists("${local.sources}/pom.xml") && length(local.source_files) > 2
  # A package from elsewhere, without a digest beside it, is somebody's own decision.
  own_package = var.package_file == null || fileexists("${local.package_file}.inputs.sha256")
  # Null for no check: this configuration is used without the sources, or with such a package.
  sources_digest = local.have_sources && local.own_package ? sha256(join("", [
    for path in local.source_files : "${filesha256("${local.sources}/${path}")}  ${path}\n"
  ])) : null
}
