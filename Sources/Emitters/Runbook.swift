internal import Artifacts
internal import Procedure
internal import TenantModel
internal import Wording

/// The whole procedure as people follow it, before it is a page of any kind: what every form of the
/// runbook says, in both languages and in one order. `RunbookMarkdown` and `RunbookHTML` write it
/// down and add nothing of their own.
struct Runbook {
  let title: Phrase
  let introduction: Phrase
  let facts: [Fact]
  let steps: [Step]
  /// Who hands mail to whom, before, during and after the work.
  let flow: [Scene]
  /// What is not known yet.
  let waiting: [Waiting]
  /// What goes back, the first to go back first.
  let wayBack: [WayBack]
  /// What expires or has to be done by a day.
  let dates: [DatedEntry]
  /// What the words mean.
  let terms: [Term]
  /// Tells this version of the procedure from others: of every file that it names.
  let fingerprint: String

  /// A line of the table at the top.
  struct Fact {
    let name: Phrase
    let value: Phrase
  }

  /// A part of the work, numbered in the order of doing.
  struct Step {
    let number: Int
    let kind: Phase.Kind
    /// The vendor's own number; 8 is mgc's.
    let vendorNumber: Int
    let title: Phrase
    let who: Phrase
    let place: Phrase
    let call: Phrase
    let when: Phrase
    /// Why then.
    let reason: Phrase?
    let notBefore: Timestamp?
    let notAfter: Timestamp?
    /// The time as days from the first cutover, where both are known.
    let relative: Phrase?
    let tasks: [Task]
    let values: [ValueGroup]
    let notes: [Note]
    let check: RunbookCheck?
    let back: Phrase?
  }

  /// One box to tick.
  struct Task {
    let text: Phrase
    /// The file that it is about, where it is about one.
    var file: ArtifactPath?
  }

  /// What a person should know before the step, and where it stands.
  struct Note {
    let text: Phrase
    let sources: [String]

    /// With the articles.
    var sourced: Phrase {
      func links(_ label: Prose, _ separator: Prose) -> Prose {
        sources.map { address in
          // On paper the number is all there is.
          let number = String(address.split(separator: "/").last ?? "")
          return "\(link: "\(label) \(text: number)", to: address)"
        }.joined(separator: separator)
      }
      let japanese = links("提供元の記事", "、")
      let english = links("the vendor's article", ", ")
      return .init(ja: "\(text.ja)(出典: \(japanese))", en: "\(text.en) (Source: \(english))")
    }
  }

  struct Scene {
    let number: Int
    let title: Phrase
    let caption: Phrase
    let ja: Flowchart
    let en: Flowchart

    subscript(language: Language) -> Flowchart {
      switch language {
      case .ja: ja
      case .en: en
      }
    }
  }

  struct Waiting {
    let what: Phrase
    let source: Phrase
    let key: String
  }

  struct WayBack {
    let title: Phrase
    let files: [ArtifactPath]
  }
}

extension Runbook.Step {
  /// "6. MXの切替", as the other steps name it.
  var numberedTitle: Phrase {
    .init(ja: "\(number). \(title.ja)", en: "\(number). \(title.en)")
  }

  /// With the vendor's number.
  var heading: Phrase {
    .init(
      ja: "\(numberedTitle.ja)(手順\(vendorNumber))", en: "\(numberedTitle.en) (step \(vendorNumber))"
    )
  }

  /// The line about the time.
  var timing: Phrase {
    guard let reason else { return when }
    return .init(ja: "\(when.ja)(\(reason.ja))", en: "\(when.en) (\(reason.en))")
  }
}

/// What stands above the parts of every form of the runbook.
enum RunbookWords {
  static let overview = Phrase(ja: "全体の流れ", en: "Overview")
  static let flow = Phrase(ja: "メールの流れ", en: "The mail flow")
  static let fact = Phrase(ja: "項目", en: "What")
  static let factValue = Phrase(ja: "内容", en: "Value")
  static let number = Phrase(ja: "順", en: "No.")
  static let step = Phrase(ja: "手順", en: "Step")
  static let work = Phrase(ja: "作業", en: "Work")
  static let who = Phrase(ja: "担当", en: "Who")
  static let place = Phrase(ja: "場所", en: "Where")
  static let when = Phrase(ja: "時期", en: "When")
  static let call = Phrase(ja: "連絡先", en: "Whom to call")
  static let note = Phrase(ja: "注意", en: "Note")
  static let values = Phrase(ja: "写す値", en: "Values to copy")
  static let timeline = Phrase(ja: "日程", en: "Timeline")
  static let terms = Phrase(ja: "用語", en: "Terms")
  static let check = Phrase(ja: "確かめ方", en: "How to see that it worked")
  static let back = Phrase(ja: "戻し方", en: "The way back")
  static let file = Phrase(ja: "ファイル", en: "File")
  static let waiting = Phrase(ja: "まだ決まっていない値", en: "Values that are not known yet")
  static let waitingIntroduction = Phrase(
    ja: "次の値は作業の途中で決まります。分かったらtenant.yamlに書き、もう一度 \(code: "mgc apply") を実行してください。",
    en:
      "These values come into being on the way. Write each into tenant.yaml and run \(code: "mgc apply") again."
  )
  static let value = Phrase(ja: "値", en: "Value")
  static let shownAt = Phrase(ja: "確かめる場所", en: "Where it is shown")
  static let writtenAt = Phrase(ja: "書く場所", en: "Where it is written")
  static let wayBack = Phrase(ja: "元に戻すとき", en: "Going back")
  static let wayBackIntroduction = Phrase(
    ja: "上から順に戻します。作業と逆の順です。行っていない作業は飛ばします。",
    en: "Go back from the top: this is the reverse order of doing. Skip what was not done.")
  static let nameServers = Phrase(
    ja: "権威サーバーの名前は \(code: "dig NS ドメイン名") で分かります。",
    en: "\(code: "dig NS DOMAIN") names the authoritative servers.")
  static let dates = Phrase(ja: "期限と予定", en: "Dates to keep")
  static let datesIntroduction = Phrase(
    ja: "予定表に入れておく日です。過ぎると、メールが止まったり、作業が間に合わなくなったりするものがあります。",
    en:
      "Put these into the calendar. When some of them pass, mail stops or the work comes too late.")
  static let date = Phrase(ja: "日時", en: "When")
  static let dated = Phrase(ja: "すること", en: "What to do")
  static let datedReason = Phrase(ja: "理由", en: "Why")

  /// What else says the same.
  static func otherForms(hasDates: Bool) -> Phrase {
    let page = Phrase(
      ja: "印を付けながら進めるには、同じ内容の \(code: "runbook.html") をブラウザーで開きます。",
      en:
        "To tick off the work as it is done, open \(code: "runbook.html"), which says the same, in a browser."
    )
    guard hasDates else { return page }
    return .init(
      ja: "\(page.ja)期限と予定は \(code: "calendar.ics") を予定表に取り込めます。",
      en: "\(page.en) \(code: "calendar.ics") brings the dates into a calendar.")
  }

  /// "担当: お客様"
  static func labelled(_ label: Phrase, _ value: Phrase) -> Phrase {
    .init(ja: "\(label.ja): \(value.ja)", en: "\(label.en): \(value.en)")
  }

  /// The question to an authoritative server.
  static func question(_ question: String, in language: Language) -> String {
    let server =
      switch language {
      case .ja: "権威サーバー"
      case .en: "SERVER"
      }
    return "dig +norecurse @\(server) \(question)"
  }

  static func role(_ role: Contact.Role) -> Phrase {
    switch role {
    case .customer: .init(ja: "お客様", en: "Customer")
    case .reseller: .init(ja: "販売店", en: "Reseller")
    case .vendor: .init(ja: "サービス提供元", en: "Vendor")
    }
  }
}
