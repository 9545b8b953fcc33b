internal import Artifacts
internal import Procedure

extension Emitter {
  static let runbook = Emitter { _ in [] }
}
