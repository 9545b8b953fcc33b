internal import Artifacts
internal import Procedure

extension Emitter {
  static let otherInstructions = Emitter { _ in [] }
}
