import Diagnostics
import Interview
import Testing

struct MatrixTests {
  /// What no answer can avoid: a zone that nobody has, what exists only midway, and what mgc cannot
  /// close, or closes for more than tenant.yaml knows.
  static let unavoidable: Set = ["MGC3022", "MGC8100", "MGC8104", "MGC9007", "MGC9008"]

  @Test(arguments: Answers.all, [true, false])
  func `Right answers make a file without findings`(_ answers: Answers, _ usual: Bool) throws {
    var talk = Talk()
    var count = 0
    while let question = talk.interview.question {
      let isTaken = talk.say(answers.answer(question.slot, usual: usual))
      #expect(isTaken, "\(question.slot.topic): \(talk.transcript.suffix(300))")
      count += 1
      try #require(count < 60)
    }
    let outcome = talk.interview.outcome()
    #expect(outcome.missing.isEmpty)
    let codes = Set(outcome.findings.map(\.code.name))
    #expect(codes.isSubset(of: Self.unavoidable), "\(codes.sorted())\n\(talk.file)")
  }

  @Test(arguments: Answers.all)
  func `The same answers as options ask nothing and make the same file`(
    _ answers: Answers
  ) throws {
    var talk = Talk()
    var given: [Topic: [String]] = [:]
    while let question = talk.interview.question {
      let answer = answers.answer(question.slot, usual: false)
      if !answer.isEmpty { given[question.slot.topic, default: []].append(answer) }
      let isTaken = talk.say(answer)
      try #require(isTaken)
    }
    // Three are told together with the kind.
    for topic in [Topic.tenant, .host, .description] {
      guard let value = given.removeValue(forKey: topic)?.first else { continue }
      given[.mailServer] = [answers.kind + ":" + value]
    }
    let quiet = Talk(given: given)
    let outcome = quiet.interview.outcome()
    #expect(outcome.missing.isEmpty && outcome.refusals.isEmpty)
    #expect(outcome.unused.map(\.flag) == [])
    #expect(quiet.file == talk.file)
  }

  @Test(arguments: Answers.all.filter { $0.language == "ja" })
  func `What is left out is missing, and the file says where`(_ answers: Answers) throws {
    var topics: [Topic] = []
    var whole = Talk()
    while let question = whole.interview.question {
      topics.append(question.slot.topic)
      whole.say(answers.answer(question.slot, usual: true))
    }
    for left in Set(topics) {
      var talk = Talk()
      while let question = talk.interview.question {
        let slot = question.slot
        let isTaken = talk.say(slot.topic == left ? "" : answers.answer(slot, usual: true))
        if isTaken { continue }
        // What cannot be left out is asked again.
        #expect(slot.topic == left && question.slot == talk.interview.question?.slot)
        break
      }
      let outcome = talk.interview.outcome()
      let hasErrors = outcome.findings.contains { $0.code.severity == .error }
      #expect(hasErrors == !outcome.missing.isEmpty, "\(left)\n\(talk.file)")
      for missing in outcome.missing where !Self.structural.contains(missing.slot.topic) {
        let key = missing.slot.topic.rawValue
        let isNamed = talk.file.contains("# \(key):") || talk.file.contains("#   \(key):")
        let isDeep = talk.file.contains("#     \(key):")
        #expect(isNamed || isDeep, "\(key)\n\(talk.file)")
      }
    }
  }

  static let structural: Set<Topic> = [
    .name, .id, .services, .mailServer, .host, .description, .domain,
  ]
}
