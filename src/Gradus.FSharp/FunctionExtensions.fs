namespace Gradus

open System

/// <summary>Functions of one's own, with what they are given as lists.</summary>
[<AutoOpen>]
module FunctionExtensions =

    type CustomFunctionBase.Context with

        /// <summary>Keeps tensors for the backward pass.</summary>
        member context.Save(tensors: Tensor seq) = context.Save(ReadOnlySpan(Seq.toArray tensors))

    type CustomFunction with

        /// <summary>Computes the function of one input and records it.</summary>
        member f.Apply(input: Tensor) = f.Apply(ReadOnlySpan [| input |])

        /// <summary>Computes the function and records it.</summary>
        member f.Apply(inputs: Tensor seq) = f.Apply(ReadOnlySpan(Seq.toArray inputs))

    type CustomJointFunction with

        /// <summary>Computes the function and records it.</summary>
        member f.Apply(inputs: Tensor seq) = f.Apply(ReadOnlySpan(Seq.toArray inputs))
