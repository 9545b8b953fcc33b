package import Diagnostics
internal import Wording

/// The codes of this room.
package let ledgerCodes: [DiagnosticCode] = [.badLock, .laterLock, .badJournal]

extension DiagnosticCode {
  static let badLock = DiagnosticCode(
    8001, .error,
    title: .init(ja: "読めないロック", en: "a lock that cannot be read"),
    explanation: .init(
      ja:
        "tenant.lock.json には、最後の mgc apply が出した設定の中身と、書いたファイルのダイジェストが入ります。書くのはmgcだけで、人は編集しません。壊れたときは版管理から元の内容に戻します。版管理にもなければ、ファイルを消してから mgc apply を実行します。そのとき mgc は何を出したかを忘れているため、out/ にある違う内容のファイルは --force なしでは上書きしません。",
      en:
        "tenant.lock.json holds what the last mgc apply issued and the digests of the files that it wrote. Only mgc writes it; people do not edit it. Where it is damaged, take it back from version control. Where there is no other copy, delete it and run mgc apply: mgc then no longer knows what it issued, so it overwrites files in out/ that differ only with --force."
    ),
    example: #"{"format_version": 1, "tenant": "kaede", "resources": []}"#,
    source: "mgc schema lock")
  static let laterLock = DiagnosticCode(
    8002, .error,
    title: .init(ja: "新しい形式のロック", en: "a lock of a later format"),
    explanation: .init(
      ja: "このロックは、もっと新しいmgcが書いたものです。古いmgcが読み違えないように、読まずに止まります。新しいmgcを使います。",
      en:
        "A later release of mgc wrote this lock. This release stops instead of misreading it. Use the later release."
    ),
    example: #"{"format_version": 2}"#,
    source: "mgc schema lock")
  static let badJournal = DiagnosticCode(
    8003, .error,
    title: .init(ja: "読めないジャーナル", en: "a journal that cannot be read"),
    explanation: .init(
      ja:
        "mgc apply は、ファイルを書き換える前に、これから行うことを .mgc-journal/journal.json に書きます。途中で止まった apply は、これを読んで最後まで行われます。このファイルは一度に書かれるため、途中で切れることはなく、読めないのは誰かが書き換えたときです。.mgc-journal を消すと、out/ は途中のまま残り、次の mgc apply がそろえます。",
      en:
        "Before mgc apply changes a file, it writes what it is about to do to .mgc-journal/journal.json, from which an apply that was interrupted is completed. The file appears whole or not at all, so one that cannot be read was changed by someone. When .mgc-journal is deleted, out/ stays as it is, half changed, and the next mgc apply brings it in order."
    ),
    example: #"{"format_version": 1, "tenant": "kaede"}"#)
}
