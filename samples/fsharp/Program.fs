// What a column gives becomes a cell by a conversion, of which F# would tell each time.
#nowarn "3391"

open Gradus
open Gradus.Data
open Gradus.Nn
open Gradus.Training

// Sizes are lists. The end of a slice is part of it, as everywhere in F#.
let x = (Tensor.Arange 6).Reshape [ 2; 3 ]
printfn $"{x[*, 1..2].Shape} {x.At(1, 2).Item()} {Tensor.Concat([ x; x ], 1).Shape}"

// A module of one's own registers its parts under names.
type Gated(inputs: int, width: int) as this =
    inherit Module<Tensor, Tensor>()
    let values = this.Register(Linear(inputs, width), "values")
    let gates = this.Register(Linear(inputs, width), "gates")
    override _.Compute input = values.Forward input * gates.Forward(input).Sigmoid()

// A function with a gradient of one's own.
type Cube() =
    inherit CustomFunction()

    override _.Forward(context, inputs) =
        context.Save [ inputs[0] ]
        inputs[0] * inputs[0] * inputs[0]

    override _.Backward(context, gradient) = [| gradient * context.Saved[0].Square() * 3.0 |]

let network = Sequential.Of [ Gated(1, 16); Linear(16, 1) ]
network.Initialize 1L
let optimizer = Adam(network.Parameters(), 0.02)
let points = Tensor.Rand([ 64; 1 ], generator = Generator 1L)
let cubes = Cube().Apply points

for _ in 1..400 do
    optimizer.ZeroGrad()
    Losses.MeanSquaredError(network.Forward points, cubes).Backward()
    optimizer.Step()

printfn $"learnt: {Losses.MeanSquaredError(network.Forward points, cubes).Item() < 0.001}"

// Records are rows of a table.
type House = { Area: float; City: string; Price: float }

let houses =
    [ for i in 0..399 do
          let area, city = float (40 + i * 37 % 120), (if i % 3 = 0 then "Ulm" else "Bonn")
          { Area = area; City = city; Price = 2000.0 * area + (if city = "Bonn" then 50_000.0 else 0.0) } ]

let table =
    Table.From(houses)
        .Column("area", fun house -> house.Area)
        .Column("city", fun house -> house.City)
        .Target("price", fun house -> house.Price)
        .Split(TableOptions(Task = TaskKind.Regress))

let struct (model, data) = TrainedModel.Prepare(ModelSpec.Parse "mlp:32", table)
Trainer(model.Network, data, TrainingOptions(Epochs = 60, LearningRate = 0.01)).Fit() |> ignore
let price = Predictor(model).Predict(readOnlyDict [ "area", box 100.0; "city", box "Bonn" ]).Value
printfn $"near 250,000: {abs (price - 250_000.0f) < 10_000.0f}"
