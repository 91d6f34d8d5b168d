module Gradus.FSharp.Tests.PageTests

open System
open System.IO
open System.Reflection
open Xunit

let rec private root folder =
    if File.Exists(Path.Combine(folder, "Gradus.slnx")) then folder else root (nonNull (Path.GetDirectoryName folder))

let private text path = File.ReadAllText(Path.Combine(root AppContext.BaseDirectory, path)).ReplaceLineEndings "\n"

/// What stands in the block of a language on the page.
let private block (language: string) =
    let page = text "docs/fsharp.md"
    let start = page.IndexOf($"```{language}\n", StringComparison.Ordinal) + language.Length + 4
    page.Substring(start, page.IndexOf("```", start, StringComparison.Ordinal) - start)

[<Fact>]
let ``The program of the page is that of the sample`` () = Assert.Equal(text "samples/fsharp/Program.fs", block "fsharp")

[<Fact>]
let ``The program of the page prints what stands below it`` () =
    let console = Console.Out
    use printed = new StringWriter()
    Console.SetOut printed

    try
        (nonNull (Assembly.Load("fsharp").EntryPoint)).Invoke(null, [||]) |> ignore
    finally
        Console.SetOut console

    Assert.Equal(block "text", printed.ToString().ReplaceLineEndings "\n")
