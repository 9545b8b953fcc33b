internal import Artifacts
internal import Procedure

extension Emitter {
  static let googleInstructions = Emitter { _ in [] }
}
