internal import Artifacts
internal import Procedure

extension Emitter {
  static let zones = Emitter { _ in [] }
}
