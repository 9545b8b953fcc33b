import Artifacts
import Emitters
import TestSupport

/// What a PowerShell script calls, by an independent parser.
struct ScriptOutline: Decodable {
  let commands: [Command]
  let functions: [String]

  struct Command: Decodable {
    let name: String
    let line: Int
    let parameters: [String]
    /// The keys of the tables that are splatted.
    let tables: [[String]]
    /// The parameters with their values, those of splatted tables among them.
    let arguments: [Argument]
    /// What is splatted and is no table of the script.
    let unknown: [String]

    var given: [String] { parameters + tables.flatMap { $0 } }
  }

  /// A parameter of a call.
  struct Argument: Decodable {
    let name: String
    /// flag, string, strings, word, boolean, integer, null, table; other where it is computed.
    let kind: String
    /// A boolean is True or False.
    let texts: [String]
  }

  init(_ bytes: [UInt8]) throws {
    self = try Judge.read("powershell_commands.py", input: bytes, as: Self.self)
  }

  init(_ script: Artifact) throws { try self.init(script.bytes) }

  /// The commands of PowerShell itself that scripts may use; no alias is among them.
  static let builtIn = [
    "Where-Object", "Sort-Object", "Format-List", "Out-String", "Get-Command", "Get-Date",
    "Write-Warning", "Set-StrictMode", "Start-Transcript", "Stop-Transcript", "Join-Path",
    "Test-Path", "ConvertTo-Json", "ConvertFrom-Json",
  ]

  static func cmdlet(_ name: String) -> ExchangeCmdlet? {
    ExchangeCmdlet.all.first { $0.name.description == name }
  }
}
