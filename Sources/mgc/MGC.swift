internal import ArgumentParser

// Start here. `MGC` names the commands; each is one file in Commands/. `Session` reads a tenant's
// folder and compiles it; what happens between is in the room Compiler.

@main
struct MGC: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mgc",
    abstract: "MailGatesの導入をtenant.yamlから / Put a company behind MailGates, from one tenant.yaml",
    version: "0.1.0",
    subcommands: [
      InitCommand.self, AdoptCommand.self, CheckCommand.self, PlanCommand.self, ApplyCommand.self,
      VerifyCommand.self,
      FormatCommand.self,
      ExplainCommand.self, WhyCommand.self, SchemaCommand.self,
    ])
}
