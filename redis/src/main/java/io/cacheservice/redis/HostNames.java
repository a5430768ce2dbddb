package io.cacheservice.redis;

import io.cacheservice.redis.internal.topology.NodeAddress;
import io.lettuce.core.resource.DefaultClientResources;
import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.util.List;

/** Finds the addresses of names as the driver does, and wakes what it does that with for names only. */
final class HostNames extends AddressResolverGroup<InetSocketAddress> {
    /** Where to connect: resolved where the host is an address already. */
    static InetSocketAddress socketAddress(NodeAddress address) {
        return isLiteral(address.host())
                ? new InetSocketAddress(address.host(), address.port())
                : InetSocketAddress.createUnresolved(address.host(), address.port());
    }

    /** No name has a colon, and none ends in a label of digits. */
    private static boolean isLiteral(String host) {
        return host.indexOf(':') >= 0 || host.matches("[0-9.]+");
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new Names(executor);
    }

    private static final class Names extends AbstractAddressResolver<InetSocketAddress> {
        Names(EventExecutor executor) {
            super(executor, InetSocketAddress.class);
        }

        @Override
        protected boolean doIsResolved(InetSocketAddress address) {
            return !address.isUnresolved();
        }

        @Override
        protected void doResolve(InetSocketAddress name, Promise<InetSocketAddress> found) {
            driver().resolve(name).addListener(done -> {
                if (done.isSuccess()) {
                    found.trySuccess((InetSocketAddress) done.getNow());
                } else {
                    found.tryFailure(done.cause());
                }
            });
        }

        @Override
        protected void doResolveAll(InetSocketAddress name, Promise<List<InetSocketAddress>> found) {
            driver().resolveAll(name).addListener(done -> {
                if (done.isSuccess()) {
                    @SuppressWarnings("unchecked") // of resolveAll
                    List<InetSocketAddress> all = (List<InetSocketAddress>) done.getNow();
                    found.trySuccess(all);
                } else {
                    found.tryFailure(done.cause());
                }
            });
        }

        @SuppressWarnings("unchecked") // it resolves names of the Internet
        private AddressResolver<InetSocketAddress> driver() {
            return (AddressResolver<InetSocketAddress>)
                    DefaultClientResources.DEFAULT_ADDRESS_RESOLVER_GROUP.getResolver(executor());
        }
    }
}
