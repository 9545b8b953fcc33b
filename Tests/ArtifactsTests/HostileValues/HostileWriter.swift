import Foundation
import TestSupport
import Testing

/// A writer of one language with the judge that reads it back.
struct HostileWriter: Sendable, CustomTestStringConvertible {
  let language: String
  /// The program or library that reads, which shares nothing with the writer.
  let judge: String
  /// The least share of the values that must have a form in the language, in percent. Where it is
  /// below 100, the type refuses the others, so that they cannot be written at all.
  let leastShare: Int
  /// Writes all values, lets the judge read, and expects each as it was. Returns how many had a form.
  let readBack: @Sendable ([String]) throws -> Int

  init(
    _ language: String, judge: String, leastShare: Int = 100,
    _ readBack: @escaping @Sendable ([String]) throws -> Int
  ) {
    self.language = language
    self.judge = judge
    self.leastShare = leastShare
    self.readBack = readBack
  }

  var testDescription: String { language }

  /// The values in groups, for judges to whom one long document costs more than many short ones.
  static func groups<Element>(of size: Int, _ values: [Element]) -> [ArraySlice<Element>] {
    stride(from: 0, to: values.count, by: size).map { values[$0..<min($0 + size, values.count)] }
  }

  /// Lets one process of a Python judge read many documents. Documents and answers are separated by
  /// NUL, which no document has.
  static func read<Value: Decodable>(
    _ script: String, _ arguments: [String] = [], documents: [[UInt8]], as type: Value.Type
  ) throws -> Value {
    #expect(!documents.contains { $0.contains(0) })
    return try Judge.read(
      script, arguments, input: Array(documents.joined(separator: [0])), as: type)
  }
}
