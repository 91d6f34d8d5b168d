namespace Gradus.Graphs.Browser.Tests;

/// <summary>Tests that share the browser, one after the other.</summary>
[CollectionDefinition(nameof(BrowserCollection))]
public sealed class BrowserCollection : ICollectionFixture<Browser>;
