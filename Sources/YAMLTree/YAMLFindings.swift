package import Diagnostics
internal import Wording

/// Every code of this room, in order. `YAMLFindings+Bytes`, `+Syntax` and `+Subset` hold them.
package let yamlReadingCodes: [DiagnosticCode] = [
  YAMLFinding.notUTF8, YAMLFinding.byteOrderMark, YAMLFinding.forbiddenCharacter,
  YAMLFinding.syntax, YAMLFinding.duplicateKey, YAMLFinding.secondDocument, YAMLFinding.tag,
  YAMLFinding.mergeKey, YAMLFinding.recursion, YAMLFinding.tooManyNodes, YAMLFinding.tooDeep,
  YAMLFinding.tooLarge, YAMLFinding.keyNotText, YAMLFinding.empty, YAMLFinding.unknownAlias,
  YAMLFinding.directive, YAMLFinding.notNFC, YAMLFinding.secret,
]

/// The findings of reading: codes, and functions that make a finding of one.
enum YAMLFinding {}
