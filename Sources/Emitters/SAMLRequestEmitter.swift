internal import Artifacts
internal import Procedure

extension Emitter {
  static let samlRequest = Emitter { _ in [] }
}
