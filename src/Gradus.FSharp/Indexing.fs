namespace Gradus

open System

/// <summary>Slices by brackets: <c>x[1..2]</c>, <c>x[*, 0]</c>; places by <c>x.At(0, 1)</c>.</summary>
/// <remarks>
/// As in all of F#, the end of a slice is part of it: <c>x[0..1]</c> are two rows. A single number takes its axis away, and a negative one counts from the
/// end. What is given is a view of the same memory, through which gradients go. For three axes and more: <c>Select</c>, <c>Slice</c>.
/// </remarks>
[<AutoOpen>]
module Indexing =

    let private cut axis first last (x: Tensor) =
        let first = defaultArg first 0
        let last = defaultArg last (x.Shape[axis] - 1)
        x.Slice(axis, first, last - first + 1)

    type Tensor with

        /// <summary>What lies at a place: <c>x.At(0, 1)</c> is the element of a matrix, <c>x.At 0</c> its first row.</summary>
        member x.At([<ParamArray>] places: int array) = (x, places) ||> Array.fold (fun part place -> part.Select(0, place))

        /// <summary>A stretch of the first axis.</summary>
        member x.GetSlice(first: int option, last: int option) = cut 0 first last x

        /// <summary>Stretches of the first two axes.</summary>
        member x.GetSlice(first0: int option, last0: int option, first1: int option, last1: int option) = x |> cut 0 first0 last0 |> cut 1 first1 last1

        /// <summary>A place of the first axis, and a stretch of the second.</summary>
        member x.GetSlice(i: int, first: int option, last: int option) = x.Select(0, i) |> cut 0 first last

        /// <summary>A stretch of the first axis, and a place of the second.</summary>
        member x.GetSlice(first: int option, last: int option, j: int) = x.Select(1, j) |> cut 0 first last
