global using Gradus.Graphs;
global using Gradus.Graphs.Browser.Tests;
