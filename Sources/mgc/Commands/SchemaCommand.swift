internal import ArgumentParser
internal import Compiler
internal import JSONText

/// `mgc schema`: the JSON Schemas that are published.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "JSON Schemaを出力する / Print a JSON Schema")

  @Argument(
    help:
      "tenant、lock、mailgates-settings、check-report、dns-snapshot / tenant, lock, mailgates-settings, check-report or dns-snapshot"
  )
  var name: PublishedSchema = .tenant

  func run() { Terminal.write(name.schema.pretty) }
}

extension PublishedSchema: ExpressibleByArgument {}
