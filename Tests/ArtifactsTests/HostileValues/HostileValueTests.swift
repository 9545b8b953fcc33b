import TestSupport
import Testing

/// The same values, made to leave the place that they are written to, through every writer. Each is
/// read back by a program that others wrote, as exactly the value.
@Suite(.serialized) struct HostileValueTests {
  /// A writer of a new language is a line here.
  static let writers: [HostileWriter] = [
    .powerShell, .shell, .postfixParameters, .postfixTable, .postfixNetworks,
    .zone, .nsupdate, .hcl, .yaml, .json,
    .markdown, .mermaid, .svg, .csv, .lineList, .gitHubCommands, .terminal,
  ]

  @Test(arguments: writers)
  func everyValueIsReadBack(writer: HostileWriter) throws {
    let values = HostileText.values()
    let count = try writer.readBack(values)
    #expect(count * 100 >= values.count * writer.leastShare)
    print(
      "\(writer.language): \(count) of \(values.count) hostile values read back by \(writer.judge),",
      "\(values.count - count) that have no form")
  }
}
