import Artifacts
import Foundation
import TestSupport
import Testing

@Suite struct HCLTests {
  @Test func blocksStandInColumns() {
    let id = HCLName("zone_id", "kaede.example")
    var file = HCLFile()
    file.comment("Step 2\n}")
    file.blank()
    file.block("variable \"\(id)\"", [("type", .expression("string"))])
    file.blank()
    file.blank()
    file.comment("Why")
    file.block(
      "resource \"aws_route53_record\" \"\(HCLName("txt", "_dmarc.*.Kaede-9.example"))\"",
      [
        ("zone_id", .expression("\"${var.\(id)}_\(part: "$${a\"b}")\"")), ("ttl", .number(300)),
        ("records", .list(["a", "%{b}"])),
        ("lifecycle", .block([("destroy", .expression("false")), ("x", .text(""))])),
      ])
    let lines = [
      "# Step 2\\u{A}}", "", "variable \"zone_id_kaede_example\" {", "  type = string", "}", "",
      "# Why", "resource \"aws_route53_record\" \"txt___dmarc_star_kaede-9_example\" {",
      "  zone_id = \"${var.zone_id_kaede_example}_$$${a\\\"b}\"", "  ttl     = 300",
      "  records = [", "    \"a\",", "    \"%%{b}\",", "  ]", "  lifecycle {",
      "    destroy = false", "    x       = \"\"", "  }", "}", "",
    ]
    #expect(String(decoding: file.bytes, as: UTF8.self) == lines.joined(separator: "\n"))
  }

  /// Hostile texts, and mixtures of what begins or escapes a directive.
  private static func texts() -> [String] {
    // Terraform takes the square of how many outputs there are.
    let hostile = Array(HostileText.values(1_000).prefix(1_000))
    var generator = SplitMix64(seed: 20_261_124)
    let pieces = [
      "$", "%", "{", "}", "${", "%{", "$${", "%%{", "\\", "\"", "~", "x", "\u{7B}", "\n",
    ]
    let mixed = (0..<hostile.count).map { _ in
      (0..<Int.random(in: 1...8, using: &generator)).map { _ in
        pieces[Int.random(in: 0..<pieces.count, using: &generator)]
      }.joined()
    }
    return hostile + mixed
  }

  @Test("Terraform evaluates each text to itself")
  func everyTextIsReadBack() throws {
    let verdict = try? Judge.run("/usr/bin/env", ["terraform", "version"])
    guard verdict?.status == 0 else {
      print("Terraform: not here; the tests of the emitter read its files by an HCL parser")
      return
    }
    let texts = Self.texts()
    var file = HCLFile()
    for (number, text) in texts.enumerated() {
      file.comment(text)
      file.block(
        "output \"\(HCLName("n", "\(number)"))\"",
        [
          (
            "value",
            .expression("[\(quoted: text), \"a$\(part: text)\(part: text)b\", \"%%{x\"]")
          ), ("description", .text(text)),
        ])
    }
    let read = try Judge.inFolder { folder in
      try Data(file.bytes).write(to: folder.appending(path: "n.tf"))
      func terraform(_ arguments: String...) throws -> Data {
        let verdict = try Judge.run(
          "/usr/bin/env",
          ["-u", "TF_CLI_CONFIG_FILE", "CHECKPOINT_DISABLE=1", "terraform"]
            + ["-chdir=" + folder.path()] + arguments)
        #expect(verdict.status == 0, "\(verdict.errors.prefix(2_000))")
        return verdict.output
      }
      #expect(try terraform("fmt", "-check", "-list=true").isEmpty)
      _ = try terraform("apply", "-auto-approve", "-input=false", "-no-color")
      return try JSONDecoder().decode(
        [String: Output].self, from: try terraform("output", "-json"))
    }
    #expect(read.count == texts.count)
    for (number, text) in texts.enumerated() {
      // Not by bytes: Terraform makes NFC of every text.
      #expect(
        read["n_\(number)"]?.value == [text, "a$" + text + text + "b", "%{x"],
        "\(text.debugDescription)")
    }
    print("Terraform: \(texts.count) hostile texts read back")
  }

  private struct Output: Decodable {
    let value: [String]
  }
}
