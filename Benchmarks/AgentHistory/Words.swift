/// What sentences and lines of source text are put together from.
enum Words {
  static let english = [
    "the", "of", "and", "to", "a", "in", "that", "it", "is", "request", "response", "buffer",
    "window", "because", "parser", "reads", "every", "header", "before", "stream", "closes", "when",
    "connection", "retry", "after", "server", "answered", "with", "status", "which", "means",
    "function", "returned", "nothing", "should", "check", "whether", "index", "points", "behind",
    "last", "element", "test", "fails", "only", "under", "load", "so", "we", "measure", "first",
  ]

  static let cjk = [
    "请求", "响应", "缓冲区", "解析器", "读取", "每个", "标头", "之前", "关闭", "连接", "重试", "服务器",
    "返回", "状态码", "函数", "应该", "检查", "索引", "是否", "最后", "元素", "测试", "失败", "只有", "负载",
    "の", "を", "は", "関数", "が", "呼び出し", "ファイル", "を読む", "エラー", "です", "ます", "テスト", "確認",
  ]

  static let code = [
    "let name = \"value\"", "if (count > limit) {", "}", "return \"not found: \" + path",
    "\tfor (auto &item : items) {", "printf(\"%s\\n\", message);", "# -*- coding: utf-8 -*-",
    "guard let value else { return nil }", "std::string path = \"C:\\\\temp\\\\log.txt\";",
    "assert_eq!(left, \"right\", \"must match\");",
    "\"dependencies\": { \"left-pad\": \"^1.3.0\" },",
    "regex = r\"^\\s*(\\w+)\\s*=\\s*(.*)$\"", "// wait for the first byte", "import os, sys, json",
  ]
}

extension SeededGenerator {
  mutating func englishSentence() -> String {
    let count = Int.random(in: 6...24, using: &self)
    let sentence = (0..<count).map { _ in pick(Words.english) }.joined(separator: " ")
    return sentence.prefix(1).uppercased() + sentence.dropFirst() + pick([".", ".", ".", " — so."])
  }

  mutating func cjkSentence() -> String {
    let count = Int.random(in: 5...20, using: &self)
    return (0..<count).map { _ in pick(Words.cjk) }.joined() + pick(["。", "。", "，HTTP 200。"])
  }

  mutating func codeLine() -> String {
    String(repeating: " ", count: 4 * Int.random(in: 0...3, using: &self)) + pick(Words.code)
  }
}
