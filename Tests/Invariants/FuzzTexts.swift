/// A tenant that is well, and what it refers to: the ground on which one file is bad.
extension FuzzInput {
  package static let tenant = """
    version: 1
    tenant: { id: kaede, name: 楓商事株式会社, language: ja }
    contract: { services: [inbound-security, leak-prevention] }
    notice: { accessName: kaede }
    gateway:
      console: mail-security
      mx: [{ host: mx1.gateway.example, preference: 10 }]
      relay: { host: relay.gateway.example, port: 25, tls: required }
      egress: [192.0.2.0/28]
      spf: spf.gateway.example
      loopGuard: { header: { name: X-Example-Loop, value: kaede } }
    mailServers:
      - name: hosted
        other: { description: レンタルサーバー, addresses: [203.0.113.80] }
    domains:
      - name: kaede.example
        deliveryHost: mx.kaede.example
        zone: { file: kaede.zone }
        dkim: [{ selector: mg, publicKey: mg.txt }]
        cutover: 2027-01-16T22:00:00+09:00
    groups:
      - { path: /営業部, membersFrom: sales.csv }

    """

  /// The same tenant by what the DNS was asked.
  package static let snapshotTenant = tenant.replacing(
    "zone: { file: kaede.zone }", with: "zone: { snapshot: snapshot.json }")

  /// The same tenant with lists in the form of what the console exported, in both layouts.
  package static let listTenant =
    tenant.replacing(
      "mailServers:\n",
      with: """
          importProfiles:
            - list: allow-senders
              sample: exports/list.csv
              columns: [{ header: 送信者, value: entry }, { header: 備考, blank: {} }]
              exports: [{ scope: all, file: exports/list.csv }]
            - list: dictionary
              sample: exports/list.csv
              columns: [{ value: entry }]
              exports: [{ dictionary: 機密, file: exports/words.csv }]
        mailServers:

        """)
      + """
      settings:
        lists: [{ scope: all, allowSenders: ["*@partner.example"] }]
        dictionaries: [{ name: 機密, phrases: [社外秘, "=1"] }]
        review: [{ name: 機密語は保留, scope: all, when: { dictionary: 機密 }, then: hold }]

      """

  package static let list =
    "送信者,備考\r\n\"*@partner.example\",\r\n\"a@b.example\",\"x \"\"y\"\"\"\r\n"

  package static let snapshot = """
    {
      "format_version": 1,
      "recorded": "2026-11-22T09:00:00+09:00",
      "answers": [
        { "name": "_dmarc.kaede.example", "type": "TXT", "answer": "noName" },
        { "name": "_smtp._tls.kaede.example", "type": "TXT", "answer": "failure" },
        { "name": "kaede.example", "type": "MX", "answer": "records", "ttl": 300,
          "records": ["10 mx.kaede.example."] },
        { "name": "kaede.example", "type": "SOA", "answer": "records", "ttl": 300,
          "records": ["ns.dns.example. hostmaster.kaede.example. 1 7200 900 604800 300"] },
        { "name": "kaede.example", "type": "TXT", "answer": "records", "ttl": 300,
          "records": ["\\"v=spf1 ip4:203.0.113.80 ~all\\""] },
        { "name": "mg._domainkey.kaede.example", "type": "TXT", "answer": "noName" },
        { "name": "old._domainkey.kaede.example", "type": "TXT", "answer": "noData",
          "aliases": [{ "target": "mg.kaede.example.", "ttl": 60 }] }
      ]
    }

    """

  package static let zone = """
    $ORIGIN kaede.example.
    $TTL 300
    @ IN SOA ns.dns.example. hostmaster.kaede.example. 1 7200 900 604800 300
    @ IN NS ns.dns.example.
    @ IN MX 10 mx.kaede.example.
    mx IN A 203.0.113.80
    @ IN TXT "v=spf1 ip4:203.0.113.80 include:spf.protection.outlook.com ~all"
    _dmarc IN TXT "v=DMARC1; p=none"

    """

  package static let members = """
    メールアドレス,氏名
    sato@kaede.example,佐藤
    "suzuki@kaede.example", 鈴木

    """

  package static let key = """
    v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA38Hd7niyVkCJKQX2vHMYswNaQX32\
    LmLVfd0dmqgxiimQ1pO92/7vQtQFGt7npqVvUz9zfDam85GsOBRQE1gB1EPyFNB6ko2urGzNpXgtfrbFh60HHWAE2A\
    YhI1CfhPsYHZ810e++A04uK9A9uCent0PR0iPKYWWMJ8xBFOVSnhinaYmeMfn3Az8cmAH8VITYR83mRhnIdYXV3q/T\
    S1pjwzJoWzBAu8jbZgZzrV2rJXpNjldCF5EkwTSi7Odnc1/AKGXF5okZN6J2lttTKSSmUROII+1YT5exbPVKkLCwtL\
    BGLRYXAM4FIf1kBiudgz02GLjUnXKjcqKMcxLPuWCo8wIDAQAB
    """
}
