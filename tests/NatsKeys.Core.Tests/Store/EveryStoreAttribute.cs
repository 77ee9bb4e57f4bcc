using System.Reflection;
using Xunit.Sdk;

namespace NatsKeys.Core.Tests.Store;

/// <summary>Runs a test once with a store on disk, once with one in memory, and once with one in a bucket, where there is a server for it.</summary>
internal sealed class EveryStoreAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        Enum.GetValues<StorePlace>().Where(place => place != StorePlace.Bucket || BucketServer.IsThere).Select(place => new object[] { place });
}
