internal import Artifacts
internal import Procedure
internal import SourceText
internal import TenantModel

extension Emitter {
  /// The pages beside the scripts: how to run them, and the OAuth client.
  package static let exchangeInstructions = Emitter { procedure in
    procedure.connections.flatMap { connection -> [Artifact] in
      guard case .exchange(let settings, let exchange) = connection.kind else { return [] }
      let folder = connection.folder(of: .mailServer)
      let scripts = ExchangeScriptPage(
        procedure: procedure, connection: connection, settings: settings, exchange: exchange)
      var artifacts = [Artifact(folder + "microsoft365.md", scripts.page)]
      if connection.connections.contains(.oauthClient) {
        let client = MicrosoftOAuthPage(
          procedure: procedure, connection: connection, settings: settings)
        artifacts.append(Artifact(folder + "oauth.md", client.page))
        artifacts.append(
          Artifact(connection.rollbackFolder(of: .mailServer) + "oauth.md", client.withdrawal))
      }
      return artifacts
    }
  }
}
