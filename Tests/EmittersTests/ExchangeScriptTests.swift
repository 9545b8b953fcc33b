import Artifacts
import Emitters
import Foundation
import Procedure
import TestSupport
import Testing

@Suite struct ExchangeScriptTests {
  @Test(arguments: ExchangeTenant.all)
  func dump(_ tenant: ExchangeTenant) throws {
    let folder = URL(
      filePath:
        "/tmp/exo-out/\(ExchangeTenant.all.firstIndex { $0.testDescription == tenant.testDescription } ?? 9)"
    )
    for artifact in try tenant.documents() {
      let file = folder.appending(path: artifact.path.description)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(artifact.bytes).write(to: file)
    }
  }
}
