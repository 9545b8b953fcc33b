internal import Artifacts
internal import Procedure

extension Emitter {
  static let exchangeScripts = Emitter { _ in [] }
}
