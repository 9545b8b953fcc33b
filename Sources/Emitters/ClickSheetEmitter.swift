internal import Artifacts
internal import Procedure

extension Emitter {
  static let clickSheet = Emitter { _ in [] }
}
