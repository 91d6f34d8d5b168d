module Gradus.FSharp.Tests.TensorTests

open Gradus
open Xunit

let private rows = Tensor.OfRows [ [ 1.0f; 2.0f; 3.0f ]; [ 4.0f; 5.0f; 6.0f ] ]

let private numbers (x: Tensor) = x.ToArray<float32>() |> List.ofArray

[<Fact>]
let ``Sizes are lists or arrays`` () =
    Assert.Equal<Shape>(Shape.Of [ 2; 3 ], Tensor.Zeros([ 2; 3 ]).Shape)
    Assert.Equal<Shape>(Shape.Of [| 2; 3 |], Tensor.Ones([| 2; 3 |], DType.Float64).Shape)
    Assert.Equal<Shape>(Shape.Of [ 2; 3 ], Tensor.Zeros(rows.Shape).Shape)
    Assert.Equal(DType.Float64, Tensor.Full([ 2 ], 0.5, DType.Float64).DType)

[<Fact>]
let ``Random numbers are those of the generator`` () =
    let drawn () = numbers (Tensor.Randn([ 4 ], generator = Generator 1L))
    Assert.Equal<float32 list>(drawn (), drawn ())
    Assert.All(Tensor.RandInt([ 20 ], 3L, 5L).ToArray<int64>(), (fun number -> Assert.InRange(number, 3L, 4L)))
    Assert.All(numbers (Tensor.Rand [ 20 ]), (fun number -> Assert.InRange(number, 0.0f, 1.0f)))

[<Fact>]
let ``Axes and shapes change by lists`` () =
    Assert.Equal<Shape>(Shape.Of [ 3; 2 ], rows.Reshape([ 3; -1 ]).Shape)
    Assert.Equal<Shape>(Shape.Of [ 3; 2 ], rows.Permute([ 1; 0 ]).Shape)
    Assert.Equal<Shape>(Shape.Of [ 2; 6 ], rows.Repeat([ 1; 2 ]).Shape)
    Assert.Equal<Shape>(Shape.Of [ 2; 3; 1 ], rows.Unflatten(1, [ 3; 1 ]).Shape)
    Assert.Equal<Shape>(Shape.Of [ 4; 3 ], rows.[0..0].Expand([ 4; 3 ]).Shape)
    Assert.Equal<float32 list>([ 4.0f; 5.0f; 6.0f; 1.0f; 2.0f; 3.0f ], numbers (rows.Flip [ 0 ]))

[<Fact>]
let ``Tensors are put together as lists`` () =
    Assert.Equal<Shape>(Shape.Of [ 4; 3 ], Tensor.Concat([ rows; rows ]).Shape)
    Assert.Equal<Shape>(Shape.Of [ 2; 6 ], Tensor.Concat([| rows; rows |], 1).Shape)
    Assert.Equal<Shape>(Shape.Of [ 2; 2; 3 ], Tensor.Stack([ rows; rows ]).Shape)
    Assert.Equal<float32 list>([ 14.0f; 32.0f; 32.0f; 77.0f ], numbers (Tensor.Einsum("ij,kj->ik", [ rows; rows ])))

[<Fact>]
let ``A slice holds its end and a place takes its axis away`` () =
    Assert.Equal<float32 list>([ 4.0f; 5.0f; 6.0f ], numbers (rows.At 1))
    Assert.Equal(6.0, rows.At(-1, 2).Item())
    Assert.Equal<float32 list>([ 2.0f; 3.0f; 5.0f; 6.0f ], numbers rows[*, 1..2])
    Assert.Equal<float32 list>([ 4.0f; 5.0f ], numbers rows[1, ..1])
    Assert.Equal<float32 list>([ 2.0f ], numbers rows[..0, 1])
    Assert.Equal<float32 list>([ 4.0f; 5.0f; 6.0f ], numbers rows[1..])
    Assert.Throws<GradusException>(fun () -> rows[1..2] |> ignore) |> ignore

[<Fact>]
let ``Gradients go through slices`` () =
    let x = (Tensor.Of [ 1.0f; 2.0f; 3.0f ]).RequireGrad()
    x[1..2].Square().Sum().Backward()
    Assert.Equal<float32 list>([ 0.0f; 4.0f; 6.0f ], numbers (nonNull x.Grad))
