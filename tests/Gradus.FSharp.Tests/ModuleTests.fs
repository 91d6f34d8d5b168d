module Gradus.FSharp.Tests.ModuleTests

open System.Linq
open Gradus
open Gradus.Nn
open Xunit

type Product() =
    inherit CustomFunction()

    override _.Forward(context, inputs) =
        context.Save [ inputs[0]; inputs[1] ]
        inputs[0] * inputs[1]

    override _.Backward(context, gradient) = [| gradient * context.Saved[1]; gradient * context.Saved[0] |]

[<Fact>]
let ``Modules are held by lists under the names of C#`` () =
    let names (network: Module) = network.State().Keys.ToArray()
    Assert.Equal<string array>([| "0.weight"; "0.bias"; "2.weight"; "2.bias" |], names (Sequential.Of [ Linear(2, 3); Tanh(); Linear(3, 1) ]))
    Assert.Equal<string array>([| "0.weight"; "0.bias" |], names (ModuleList.Of [ Linear(2, 3) ]))
    Assert.Equal<string array>([| "head.weight"; "head.bias" |], names (ModuleDict.Of [ "head", Linear(2, 3) ]))
    Assert.Equal<string array>([| "0" |], names (ParameterList.Of [ Parameter(Tensor.Ones [ 2 ]) ]))

[<Fact>]
let ``A function of one's own takes a list and gives its gradients`` () =
    let x, y = (Tensor.Of [ 2.0f ]).RequireGrad(), (Tensor.Of [ 5.0f ]).RequireGrad()
    Product().Apply([ x; y ]).Backward()
    Assert.Equal(5.0, (nonNull x.Grad).Item())
    Assert.Equal(2.0, (nonNull y.Grad).Item())
