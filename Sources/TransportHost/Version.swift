extension TransportHost {
  /// The version of the library and of the programs that come with it, by Semantic Versioning.
  public static let version = "0.1.0"
}
