using Parquet;
using Parquet.Schema;

namespace Gradus.Data.Tests;

/// <summary>Writes Parquet files.</summary>
internal static class ParquetBytes
{
    public static byte[] Of(IReadOnlyList<TableTests.House> houses, int groups, CompressionMethod compression = CompressionMethod.Snappy)
    {
        DataField<double> area = new("area"), price = new("price");
        var city = new DataField<string>("city");
        var built = new DataField<DateTime>("built");
        var garden = new DataField<bool?>("garden");
        return Of([area, city, built, garden, price], compression, async writer =>
        {
            foreach (var part in houses.Chunk((houses.Count + groups - 1) / groups))
            {
                using var group = writer.CreateRowGroup();
                await group.WriteAsync<double>(area, part.Select(static house => house.Area).ToArray());
                await group.WriteAsync(city, part.Select(static house => house.City!).ToArray());
                await group.WriteAsync<DateTime>(built, part.Select(static house => house.Built).ToArray());
                await group.WriteAsync<bool>(garden, part.Select(static house => (bool?)house.Garden).ToArray());
                await group.WriteAsync<double>(price, part.Select(static house => (double)house.Price).ToArray());
            }
        });
    }

    public static byte[] Of(Field[] fields, CompressionMethod compression, Func<ParquetWriter, Task> write)
    {
        using var stream = new MemoryStream();
        Task.Run(async () =>
        {
            await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream, new ParquetOptions { CompressionMethod = compression });
            await write(writer);
        }).GetAwaiter().GetResult();
        return stream.ToArray();
    }
}
