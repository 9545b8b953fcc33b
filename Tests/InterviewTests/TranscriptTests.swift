import Foundation
import Interview
import Testing

/// Scripts of answers with all that is said and written, looked at by a person.
struct TranscriptTests {
  struct Script: Sendable, CustomTestStringConvertible {
    let name: String
    let answers: [String]
    var testDescription: String { name }
  }

  static let scripts = [
    // Slips that are asked again, and numbers for words.
    Script(
      name: "slips.ja",
      answers: [
        "", "楓商事株式会社", "楓", "kaede-trading", "inbound", "１，２", "sandbx", "1",
        "microsft365", "1:kaedetrading.onmicrosoft.com", "", "", "none", "", "kaede",
        "http://redirect.gateway.example/", "https://redirect.gateway.example/", "1",
        "mx1.gateway.example", "mx1.gateway.example 10", "relay.gateway.example twentyfive",
        "relay.gateway.example 25 required", "192.0.2.1/28", "192.0.2.0/28", "", "egress",
        "kaede.example", "kaede_shop.example", "kaede-shop.example", "", "", "", "", "", "", "明日",
        "2027-02-06T22:00:00+09:00", "parked", "customer", "customer 佐藤 it@kaede.example", "",
      ]),
    Script(
      name: "two-servers.en",
      answers: [
        "en", "Momiji Group", "momiji-group", "inbound-security", "", "workspace=googleWorkspace",
        "factory=postfix:mail.momiji-factory.example", "4", "", "", "", "203.0.113.25", "",
        "Rental", "203.0.113.80", "momiji", "https://redirect.gateway.example/",
        "https://origin.gateway.example", "spam-management", "mx1.gateway.example 10",
        "192.0.2.0/28, 198.51.100.64/27", "momiji.example", "momiji-factory.example",
        "もみじ商店.example", "", "", "workspace", "", "2027-01-16T22:00:00+09:00", "", "factory",
        "mail.momiji-factory.example", "", "", "", "3", "mx.hosting.example", "", "", "",
      ]),
    // Nothing of the notice is known yet.
    Script(
      name: "unknown.en",
      answers: [
        "2", "Acme", "acme", "1,2", "", "1", "", "", "", "", "", "", "", "", "", "", "", "", "",
        "acme.example", "", "", "", "", "", "", "", "",
      ]),
  ]

  @Test(arguments: scripts)
  func `A talk is as it was`(_ script: Script) throws {
    var talk = Talk()
    var rest = script.answers[...]
    while talk.interview.question != nil, let answer = rest.popFirst() { talk.say(answer) }
    #expect(rest.isEmpty, "\(rest)")
    #expect(talk.interview.question == nil)
    let text = talk.transcript + "\n=== tenant.yaml\n" + talk.file
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Goldens/\(script.name).txt")
    if ProcessInfo.processInfo.environment["MGC_RECORD"] == "1" {
      try Data(text.utf8).write(to: file)
      Issue.record("recorded \(script.name)")
      return
    }
    #expect(text == (try String(contentsOf: file, encoding: .utf8)))
  }
}
