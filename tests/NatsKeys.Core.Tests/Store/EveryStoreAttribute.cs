using System.Reflection;
using Xunit.Sdk;

namespace NatsKeys.Core.Tests.Store;

/// <summary>Runs a test once with a store on disk and once with one in memory.</summary>
internal sealed class EveryStoreAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => Enum.GetValues<StorePlace>().Select(place => new object[] { place });
}
