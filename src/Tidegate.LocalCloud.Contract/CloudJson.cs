using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tidegate.LocalCloud.Contract;

/// <summary>How everything here is written and read: camel case, and strict: unknown, double, missing and null members are errors.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CloudInfo))]
[JsonSerializable(typeof(CloudProblem))]
[JsonSerializable(typeof(DependencySwitch))]
[JsonSerializable(typeof(EdgeHistory))]
[JsonSerializable(typeof(EnvironmentList))]
[JsonSerializable(typeof(EnvironmentObserved))]
[JsonSerializable(typeof(RegionDesired))]
[JsonSerializable(typeof(ServiceManifest))]
[JsonSerializable(typeof(ShutdownRequest))]
public sealed partial class CloudJson : JsonSerializerContext;
