internal import Artifacts
internal import Procedure

extension Emitter {
  static let settingsFile = Emitter { _ in [] }
}
