using System.Text.Json;
using System.Text.Json.Serialization;
using Tidegate.LocalCloud.Regions;

namespace Tidegate.LocalCloud.State;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(RegionState))]
[JsonSerializable(typeof(EnvironmentState))]
[JsonSerializable(typeof(SortedDictionary<string, long>))]
[JsonSerializable(typeof(long))]
internal sealed partial class StateJson : JsonSerializerContext;
